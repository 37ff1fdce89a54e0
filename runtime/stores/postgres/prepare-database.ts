import { StoreError, type StoreFinding, type StoreSetup } from '../store.ts';
import { judgeServer } from './judge-server.ts';
import { migrations } from './migrations.ts';
import { sqlStateOf } from './report-trouble.ts';
import type { Session } from './sessions.ts';

const oldestServer = 120_000;
const newest = Math.max(...migrations.map(({ version }) => version));

/**
 * Makes what is missing of schema, tables, functions, roles and rights, all of it or nothing; any number of processes
 * may do so at once. Who may not is refused only where something is missing.
 */
export async function prepareDatabase(session: Session, schema: string): Promise<StoreSetup> {
  const { query } = session;
  const [server] = await query<{ version: number }>(`select current_setting('server_version_num')::int as version`);
  if (!server || server.version < oldestServer)
    throw new StoreError('unsuitable', 'a store needs PostgreSQL 12 or newer');
  await query('begin');
  await query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`proviso ${schema}`]);
  const made = await makeTables(session, schema);
  const roles = await makeRoles(session, schema);
  if (await mayGrant(session, schema)) await query(rights(schema, roles.known));
  await query('commit');
  return { made: [...made, ...roles.made], findings: [...roles.findings, ...(await judgeServer(session))] };
}

async function makeTables({ query }: Session, schema: string): Promise<string[]> {
  const made: string[] = [];
  const [at] = await query<{ has_schema: boolean; has_table: boolean }>(
    `select exists (select from pg_namespace where nspname = $1) as has_schema,
            exists (select from pg_class where relname = 'migrations' and relnamespace = to_regnamespace($1)) as has_table`,
    [schema],
  );
  if (!at?.has_schema) {
    await query(`create schema "${schema}"`);
    made.push(`schema ${schema}`);
  }
  if (!at?.has_table)
    await query(
      `create table "${schema}".migrations (version int primary key, name text not null, applied timestamptz not null default now())`,
    );
  const [done] = await query<{ version: number }>(
    `select coalesce(max(version), 0) as version from "${schema}".migrations`,
  );
  const applied = done?.version ?? 0;
  if (applied > newest)
    throw new StoreError(
      'unsuitable',
      `schema ${schema} was made by a newer version of Proviso (step ${applied}, this one knows ${newest}): update Proviso here`,
    );
  for (const { version, name, sql } of migrations.filter((step) => step.version > applied)) {
    await query(sql(schema));
    await query(`insert into "${schema}".migrations (version, name) values ($1, $2)`, [version, name]);
    made.push(name);
  }
  return made;
}

interface Roles {
  made: string[];
  /** Those that are there now. */
  known: string[];
  findings: StoreFinding[];
}

/** Roles nobody can log in as: who should read or publish becomes a member of one. */
async function makeRoles({ query }: Session, schema: string): Promise<Roles> {
  const wanted = [`${schema}_reader`, `${schema}_writer`, `${schema}_client`];
  const rows = await query<{ rolname: string }>('select rolname from pg_roles where rolname = any($1)', [wanted]);
  const roles: Roles = { made: [], known: rows.map(({ rolname }) => rolname), findings: [] };
  const missing: string[] = [];
  for (const role of wanted.filter((name) => !roles.known.includes(name))) {
    await query('savepoint role');
    try {
      await query(`create role "${role}" nologin`);
      roles.made.push(`role ${role}`);
      roles.known.push(role);
    } catch (error) {
      const state = sqlStateOf(error) ?? '';
      if (!['42501', ...isThereNow].includes(state)) throw error;
      await query('rollback to savepoint role');
      if (isThereNow.includes(state)) roles.known.push(role);
      else missing.push(role);
    }
  }
  if (missing.length > 0)
    roles.findings.push({
      severity: 'warning',
      message: `this user may not create roles, and there is no ${missing.join(' and no ')}`,
      help: `let an administrator run ${missing.map((role) => `\`create role "${role}" nologin;\``).join(' ')} and then \`proviso store init\` again`,
    });
  return roles;
}

/** Roles belong to all databases of a server: another may have been prepared at the same moment. */
const isThereNow = ['42710', '23505'];

/** Rights are put in order again by every owner who comes by, on a server that takes changes. */
async function mayGrant({ query }: Session, schema: string): Promise<boolean> {
  const [row] = await query<{ may_grant: boolean }>(
    `select pg_has_role(relowner, 'usage') and current_setting('transaction_read_only') = 'off' as may_grant from pg_class
     where relname = 'heads' and relnamespace = to_regnamespace($1)`,
    [schema],
  );
  return row?.may_grant ?? false;
}

/** The whole of what readers, publishers and clients that report may, and nobody else may anything. */
function rights(schema: string, known: readonly string[]): string {
  const named = (tables: readonly string[]): string => tables.map((table) => `"${schema}".${table}`).join(', ');
  const releases = named(['objects', 'heads', 'migrations']);
  const clients = named(['clients']);
  const publishing = named(['swap_head(text, text, bigint, bytea, bytea, timestamptz)', 'drop_scratch(text)']);
  const reporting = named(['report_client(text, bytea, bytea, interval)']);
  const granted: Readonly<Record<string, readonly string[]>> = {
    [`${schema}_reader`]: [`select on table ${releases}`],
    [`${schema}_writer`]: [
      `select on table ${releases}, ${clients}`,
      `insert (hash, bytes), update (touched), delete on table "${schema}".objects`,
      `execute on function ${publishing}`,
    ],
    [`${schema}_client`]: [`select on table ${clients}`, `execute on function ${reporting}`],
  };
  const lines = [
    `revoke all on table ${releases}, ${clients} from public`,
    `revoke all on function ${publishing}, ${reporting} from public`,
  ];
  for (const role of known)
    for (const right of [`usage on schema "${schema}"`, ...(granted[role] ?? [])])
      lines.push(`grant ${right} to "${role}"`);
  return lines.join(';\n');
}
