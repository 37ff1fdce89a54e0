/** One step of the schema. Once released it is never edited: what changes is a step of its own. */
export interface Migration {
  version: number;
  /** What it makes, in words. */
  name: string;
  sql(schema: string): string;
}

/** Where heads are announced. */
export const channelOf = (schema: string): string => `${schema}_heads`;

/*
 * Heads are written through functions that run with the rights of their owner: whoever may publish can add the next head
 * and nothing else, neither change nor remove one, nor leave out numbers. The fixed search path keeps objects of others
 * out of them. What clients report goes through such a function, too, so that no client can fill the database.
 */
export const migrations: readonly Migration[] = [
  {
    version: 1,
    name: 'tables for objects and heads',
    sql: (schema) => `
create table "${schema}".objects (
  hash bytea primary key check (octet_length(hash) = 32),
  bytes bytea not null,
  touched timestamptz not null default clock_timestamp()
);
create table "${schema}".heads (
  env text collate "C" not null check (env ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  channel text collate "C" not null check (channel ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  seq bigint not null check (seq > 0),
  hash bytea not null,
  envelope bytea not null,
  primary key (env, channel, seq)
);

create function "${schema}".swap_head(
  in_env text, in_channel text, in_seq bigint, in_hash bytea, in_envelope bytea, in_until timestamptz
) returns boolean language plpgsql security definer set search_path = pg_catalog, pg_temp as $body$
declare
  newest record;
begin
  if clock_timestamp() > in_until then
    return false;
  end if;
  select seq, hash into newest from "${schema}".heads
    where env = in_env and channel = in_channel order by seq desc limit 1;
  if coalesce(newest.seq, 0) <> in_seq or newest.hash is distinct from in_hash then
    return false;
  end if;
  insert into "${schema}".heads (env, channel, seq, hash, envelope)
    values (in_env, in_channel, in_seq + 1, sha256(in_envelope), in_envelope) on conflict do nothing;
  if not found then
    return false;
  end if;
  perform pg_notify('${channelOf(schema)}', in_env || '/' || in_channel);
  return true;
end
$body$;

create function "${schema}".drop_scratch(in_env text)
returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $body$
begin
  if in_env is null or not starts_with(in_env, 'scratch-') then
    raise insufficient_privilege using message = 'heads of an environment whose name does not begin with scratch- are kept';
  end if;
  delete from "${schema}".heads where env = in_env;
end
$body$;`,
  },
  {
    version: 2,
    name: 'table for what clients report',
    sql: (schema) => `
create table "${schema}".clients (
  env text collate "C" not null check (env ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  client bytea not null check (octet_length(client) between 32 and 32),
  report bytea not null check (octet_length(report) <= 2048),
  until timestamptz not null,
  primary key (env, client)
);
create index on "${schema}".clients (until);

create function "${schema}".report_client(in_env text, in_client bytea, in_report bytea, in_keep interval)
returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $body$
begin
  if in_report is null then
    delete from "${schema}".clients where env = in_env and client = in_client;
    return;
  end if;
  delete from "${schema}".clients where (env, client) in (
    select env, client from "${schema}".clients where until < clock_timestamp() limit 100 for update skip locked
  );
  if (select count(*) from "${schema}".clients) >= 20000
     and not exists (select from "${schema}".clients where env = in_env and client = in_client) then
    raise program_limit_exceeded using message = 'there are as many reports of clients as there may be';
  end if;
  insert into "${schema}".clients (env, client, report, until)
    values (in_env, in_client, in_report, clock_timestamp() + least(in_keep, interval '2 days'))
    on conflict (env, client) do update set report = excluded.report, until = excluded.until;
end
$body$;`,
  },
];
