import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publish } from '../../engine/publish/publish.ts';
import { sha256 } from '../../runtime/snapshot/object.ts';
import { openStore } from '../../runtime/stores/registry.ts';
import type { WriteStore } from '../../runtime/stores/store.ts';
import { numberedSnapshot, readEverything, sampleRequest, sampleTools } from '../fixtures/release/sample.ts';
import { type PostgresServer, password, startPostgres } from '../fixtures/servers/postgres.ts';
import { isMissing } from '../fixtures/servers/server.ts';

const swapArguments = `'local', 'stable', 2, null, 'x'::bytea, now() + interval '1 hour'`;

/** Whatever would change the store, its shape, its rights or the server. */
const changes = [
  'insert into proviso.heads select env, channel, seq + 1, hash, envelope from proviso.heads',
  `insert into proviso.heads values ('local', 'canary', 1, 'x', 'x')`,
  'update proviso.heads set seq = seq + 1',
  `update proviso.heads set envelope = 'x'`,
  'update proviso.heads set hash = hash',
  'delete from proviso.heads',
  'delete from proviso.heads where false',
  'truncate proviso.heads',
  'truncate proviso.objects',
  `update proviso.objects set bytes = 'x'`,
  'update proviso.objects set hash = hash',
  'drop table proviso.heads',
  'drop table proviso.objects',
  'alter table proviso.heads add column x int',
  'alter table proviso.heads drop constraint heads_pkey',
  'alter table proviso.heads disable trigger all',
  'create index on proviso.objects (touched)',
  'create rule r as on insert to proviso.heads do instead nothing',
  'create trigger t before insert on proviso.heads for each row execute function suppress_redundant_updates_trigger()',
  'create table proviso.mine (x int)',
  `create function proviso.mine() returns int language sql as 'select 1'`,
  'create or replace function proviso.drop_scratch(in_env text) returns void language sql as $$ delete from proviso.heads $$',
  'drop function proviso.drop_scratch(text)',
  'alter function proviso.drop_scratch(text) security invoker',
  'drop schema proviso cascade',
  'alter schema proviso rename to gone',
  'update proviso.migrations set version = 99',
  `insert into proviso.migrations values (99, 'x')`,
  'delete from proviso.migrations',
  'alter table proviso.heads owner to current_user',
  'set role administrator',
  'set session authorization administrator',
  'create role another',
  'alter system set fsync = off',
  `select pg_reload_conf()`,
  `copy proviso.heads from program 'cat /etc/passwd'`,
  `copy proviso.heads to '/tmp/heads'`,
  `select pg_read_file('/etc/passwd')`,
];

/** What a publisher may and a reader may not. */
const publishing = [
  `insert into proviso.objects (hash, bytes) values (decode(repeat('00', 32), 'hex'), 'x')`,
  'update proviso.objects set touched = now()',
  'delete from proviso.objects',
  'select hash from proviso.objects for update',
  `select proviso.swap_head(${swapArguments})`,
  `select proviso.drop_scratch('scratch-1')`,
  'begin; lock table proviso.heads in exclusive mode',
];

describe.skipIf(isMissing('postgres'))('the roles of a PostgreSQL store', () => {
  let server: PostgresServer;
  const opened: WriteStore[] = [];
  const open = async (user?: string): Promise<WriteStore> => {
    const store = await openStore(server.url(user));
    opened.push(store);
    return store;
  };
  const refusalOf = (statement: string, user: string): Promise<string> =>
    server.sql(statement, user).then(
      () => 'done',
      (error: { code: string }) => error.code,
    );

  beforeAll(async () => {
    server = await startPostgres();
    const store = await open();
    await store.init?.();
    for (const kind of ['reader', 'writer'])
      await server.sql(`create role my_${kind} login password '${password}' in role proviso_${kind}`);
    await server.sql(`create role outsider login password '${password}'`);
  }, 60_000);
  afterAll(async () => {
    for (const store of opened) await store.close();
    await server?.stop();
  });

  test('let a writer publish, sweep and try out, and a reader read all of it', async () => {
    const writer = await open('my_writer');
    for (const number of [1, 2]) {
      const tools = sampleTools(writer, () => numberedSnapshot(number));
      expect((await publish(tools, sampleRequest(`c${number}`))).outcome).toBe('published');
    }
    await writer.putAll(new Map([[sha256('garbage'), Buffer.from('garbage')]]));
    expect(await writer.sweep(new Set(), new Date(0))).toEqual({ objects: 0, bytes: 0 });
    expect(await writer.casHead('scratch-1', 'stable', null, Buffer.from('head'))).toBe('ok');
    await writer.dropScratch('scratch-1');
    const reader = await open('my_reader');
    expect(await reader.getHead('scratch-1', 'stable')).toBeUndefined();
    expect((await readEverything(reader)).map(({ payload }) => payload.commit)).toEqual(['c2', 'c1']);
    const hinted = new Promise<void>((resolve) => reader.watch?.('local', 'stable', () => resolve()));
    await hinted;
  });

  test('let a reader do nothing else', async () => {
    const before = await readEverything(await open());
    const statements = [...changes, ...publishing];
    expect(statements.length).toBeGreaterThan(30);
    const refusals = await Promise.all(statements.map(async (each) => [each, await refusalOf(each, 'my_reader')]));
    expect(refusals).toEqual(statements.map((each) => [each, '42501']));
    expect(await readEverything(await open())).toEqual(before);
    const reader = await open('my_reader');
    const denied = { name: 'StoreError', trouble: 'denied', message: expect.stringMatching(/_writer/) };
    await expect(reader.has([sha256('one')])).rejects.toMatchObject(denied);
    await expect(reader.putAll(new Map([[sha256('one'), Buffer.from('one')]]))).rejects.toMatchObject(denied);
    await expect(reader.casHead('local', 'stable', null, Buffer.from('head'))).rejects.toMatchObject(denied);
    await expect(reader.dropScratch('scratch-1')).rejects.toMatchObject(denied);
  });

  test('let a writer neither change nor remove a head, nor leave one out', async () => {
    const before = await readEverything(await open());
    const refusals = await Promise.all(changes.map(async (each) => [each, await refusalOf(each, 'my_writer')]));
    expect(refusals).toEqual(changes.map((each) => [each, '42501']));
    for (const env of [`'local'`, `'scratch'`, `'Scratch-1'`, `' scratch-1'`, `''`, 'null', `E'local\\nscratch-1'`])
      expect([env, await refusalOf(`select proviso.drop_scratch(${env})`, 'my_writer')]).toEqual([env, '42501']);
    for (const swap of [
      swapArguments,
      swapArguments.replace('2, null', '0, null'),
      swapArguments.replace('2, null', '7, null'),
      swapArguments.replace('2, null', `1, (select hash from proviso.heads where seq = 1)`),
    ])
      expect(await server.sql(`select proviso.swap_head(${swap})`, 'my_writer')).toEqual([{ swap_head: false }]);
    expect(await readEverything(await open())).toEqual(before);
  });

  test('do not let what a publisher made stand in for what the functions mean', async () => {
    const rows = await server.sql(
      `create temp table heads (env text, channel text, seq bigint, hash bytea, envelope bytea);
       create function pg_temp.starts_with(text, text) returns boolean language sql as 'select true';
       set search_path = pg_temp, proviso, pg_catalog;
       select proviso.swap_head('scratch-2', 'stable', 0, null, 'x'::bytea, now() + interval '1 hour') as is_swapped`,
      'my_writer',
    );
    expect(rows).toEqual([{ is_swapped: true }]);
    expect((await (await open()).getHead('scratch-2', 'stable'))?.envelope.toString()).toBe('x');
    expect(
      await refusalOf(
        `create function pg_temp.starts_with(text, text) returns boolean language sql as 'select true';
         set search_path = pg_temp, pg_catalog; select proviso.drop_scratch('local')`,
        'my_writer',
      ),
    ).toBe('42501');
    await (await open('my_writer')).dropScratch('scratch-2');
  });

  test('cannot be passed on by who has them', async () => {
    const rightsNow = () =>
      server.sql(`select relname, relacl::text from pg_class where relnamespace = 'proviso'::regnamespace order by 1`);
    const before = await rightsNow();
    for (const user of ['my_reader', 'my_writer'])
      for (const table of ['heads', 'objects', 'migrations'])
        await server.sql(`grant all on proviso.${table} to public; grant all on proviso.${table} to outsider`, user);
    expect(await rightsNow()).toEqual(before);
    expect(await refusalOf('grant proviso_writer to my_reader', 'my_writer')).toBe('42501');
    expect(await refusalOf('grant proviso_writer to my_reader', 'my_reader')).toBe('42501');
  });

  test('let nobody else see anything', async () => {
    for (const statement of ['select * from proviso.heads', 'select * from proviso.objects', ...publishing])
      expect(await refusalOf(statement, 'outsider')).toBe('42501');
  });

  test('refuse a swap that comes too late, and a name no environment has', async () => {
    const late = swapArguments.replace('2, null', '0, null').replace('local', 'late').replace('+', '-');
    expect(await server.sql(`select proviso.swap_head(${late})`, 'my_writer')).toEqual([{ swap_head: false }]);
    const odd = swapArguments.replace('2, null', '0, null').replace('local', 'Odd/name');
    expect(await refusalOf(`select proviso.swap_head(${odd})`, 'my_writer')).toBe('23514');
  });
});
