import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '../../runtime/snapshot/object.ts';
import { readAddress } from '../../runtime/stores/postgres/read-address.ts';
import { openStore } from '../../runtime/stores/registry.ts';
import type { StoreSetup, WriteStore } from '../../runtime/stores/store.ts';
import { type PostgresServer, password, startPostgres } from '../fixtures/servers/postgres.ts';
import { freePort, isMissing } from '../fixtures/servers/server.ts';

const run = promisify(execFile);
const head = Buffer.from('head');
const one = new Map([[sha256('one'), Buffer.from('one')]]);

describe('the URL of a PostgreSQL store', () => {
  test.each([
    ['postgres://u:s3cret@db.example:5433/terms', 'proviso', 'PostgreSQL at db.example:5433', '/terms'],
    ['postgresql://u:s3cret@db.example/terms?schema=a_1', 'a_1', 'PostgreSQL at db.example', '/terms'],
    [
      'postgres://u:s3cret@db.example/terms?sslmode=verify-full&schema=a&application_name=x%20y',
      'a',
      'PostgreSQL at db.example',
      '/terms?sslmode=verify-full&application_name=x+y',
    ],
    [
      'postgres://u:s3cret@/terms?host=/run/pg',
      'proviso',
      'PostgreSQL at /run/pg',
      '@localhost/terms?host=%2Frun%2Fpg',
    ],
    ['postgres:///terms', 'proviso', 'PostgreSQL at this machine', '/terms'],
  ])('%s names a namespace and a place', (url, schema, place, rest) => {
    const address = readAddress(url);
    expect({ schema: address.schema, place: address.place }).toEqual({ schema, place });
    expect(address.connectionString.endsWith(rest)).toBe(true);
  });

  test.each([
    'postgres://u:s3cret@db.example:port/terms',
    'postgres://u:s3cret/x@db.example/terms',
    'postgres://u:12#s3cret@db.example/terms',
    'postgres://u:s3cret%E0@db.example/terms',
    'postgres://u:s3cret@db.example/terms?schema=',
    'postgres://u:s3cret@db.example/terms?schema=A',
    'postgres://u:s3cret@db.example/terms?schema=pg_terms',
    'postgres://u:s3cret@db.example/terms?schema=a"b',
    `postgres://u:s3cret@db.example/terms?schema=${'a'.repeat(56)}`,
  ])('%s is refused, and no secret is repeated', async (url) => {
    const error = await openStore(url).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'StoreError', trouble: 'unsuitable' });
    expect(String((error as Error).stack)).not.toContain('s3cret');
  });
});

describe.skipIf(isMissing('postgres'))('a PostgreSQL store that is made ready', () => {
  let server: PostgresServer;
  const opened: WriteStore[] = [];
  const open = async (schema: string, user?: string): Promise<WriteStore> => {
    const store = await openStore(server.url(user, `?schema=${schema}`));
    opened.push(store);
    return store;
  };
  const init = async (schema: string, user?: string): Promise<StoreSetup | undefined> =>
    (await open(schema, user)).init?.();
  const allMade = (schema: string): string[] => [
    `schema ${schema}`,
    'tables for objects and heads',
    'table for what clients report',
    `role ${schema}_reader`,
    `role ${schema}_writer`,
    `role ${schema}_client`,
  ];

  beforeAll(async () => {
    server = await startPostgres();
    await server.sql(
      ['maker', 'stranger', 'publisher'].map((user) => `create role ${user} login password '${password}'`).join(';'),
    );
    await server.sql('grant create on database postgres to maker');
  }, 60_000);
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
  });
  afterAll(() => server?.stop());

  test('says before that what to run, whatever is asked of it', async () => {
    const store = await open('not_there');
    await server.sql('create schema empty');
    const asks: ((from: WriteStore) => Promise<unknown>)[] = [
      (from) => from.get([sha256('one')]),
      (from) => from.has([sha256('one')]),
      (from) => from.putAll(one),
      (from) => from.getHead('local', 'stable'),
      (from) => from.casHead('local', 'stable', null, head),
      (from) => from.history('local', 'stable')[Symbol.asyncIterator]().next(),
      (from) => from.sweep(new Set(), new Date()),
      (from) => from.dropScratch('scratch-1'),
    ];
    for (const ask of asks)
      for (const from of [store, await open('empty')])
        await expect(ask(from)).rejects.toMatchObject({
          name: 'StoreError',
          trouble: 'unsuitable',
          message: expect.stringMatching(/run `proviso store init`/),
        });
  });

  test('gets schema, tables, functions and roles, and the second time nothing', async () => {
    expect(await init('twice')).toEqual({ made: allMade('twice'), findings: [] });
    expect(await init('twice')).toEqual({ made: [], findings: [] });
    expect(await server.sql('select version, name from twice.migrations')).toEqual([
      { version: 1, name: 'tables for objects and heads' },
      { version: 2, name: 'table for what clients report' },
    ]);
  });

  test('is the same under both schemes', async () => {
    await init('schemes');
    await (await open('schemes')).putAll(one);
    const other = await openStore(server.url(undefined, '?schema=schemes').replace('postgres:', 'postgresql:'));
    opened.push(other);
    expect([...(await other.get([...one.keys()])).keys()]).toEqual([...one.keys()]);
  });

  test('is made once where processes and connections want to at the same moment', async () => {
    const registry = fileURLToPath(new URL('../../runtime/stores/registry.ts', import.meta.url));
    const script = `
      const { openStore } = await import(${JSON.stringify(registry)});
      const store = await openStore(process.argv[1]);
      console.log(JSON.stringify((await store.init()).made));
      await store.close();`;
    const url = server.url(undefined, '?schema=raced');
    const started = Array.from({ length: 2 }, () =>
      run(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script, url]),
    );
    const processes = (await Promise.all(started)).map(({ stdout }) => JSON.parse(stdout) as string[]);
    const here = await Promise.all(Array.from({ length: 8 }, () => init('raced_here')));
    for (const [all, schema] of [
      [processes, 'raced'],
      [here.map((setup) => setup?.made ?? []), 'raced_here'],
    ] as const) {
      expect(all.filter((made) => made.length > 0)).toEqual([allMade(schema)]);
      expect((await server.sql(`select * from ${schema}.migrations`)).length).toBe(2);
    }
  });

  test('lacks its roles where the user may not make them, until somebody does who may', async () => {
    const setup = await init('lesser', 'maker');
    expect(setup).toEqual({
      made: ['schema lesser', 'tables for objects and heads', 'table for what clients report'],
      findings: [
        {
          severity: 'warning',
          message:
            'this user may not create roles, and there is no lesser_reader and no lesser_writer and no lesser_client',
          help: expect.stringContaining('`create role "lesser_reader" nologin;`'),
        },
      ],
    });
    await (await open('lesser', 'maker')).putAll(one);
    await server.sql(
      'create role lesser_reader nologin; create role lesser_writer nologin; create role lesser_client nologin',
    );
    expect(await init('lesser', 'maker')).toEqual({ made: [], findings: [] });
    await server.sql('grant lesser_writer to publisher');
    expect(await (await open('lesser', 'publisher')).casHead('local', 'stable', null, head)).toBe('ok');
    expect(await init('lesser', 'publisher')).toEqual({ made: [], findings: [] });
  });

  test('is refused to who may not make it, and nothing is left half made', async () => {
    const denied = { name: 'StoreError', trouble: 'denied' };
    await expect(init('refused', 'stranger')).rejects.toMatchObject(denied);
    expect(await server.sql(`select from pg_namespace where nspname = 'refused'`)).toEqual([]);
    await server.sql('create schema half; grant usage on schema half to stranger');
    await expect(init('half', 'stranger')).rejects.toMatchObject(denied);
    expect(await server.sql(`select from pg_class where relnamespace = 'half'::regnamespace`)).toEqual([]);
  });

  test('is left alone by an older Proviso', async () => {
    await init('future');
    await server.sql(`insert into future.migrations (version, name) values (99, 'what comes')`);
    await expect(init('future')).rejects.toMatchObject({
      trouble: 'unsuitable',
      message: expect.stringMatching(/newer version of Proviso/),
    });
  });

  test('asks for durability itself where the server is lax', async () => {
    await init('lax');
    await server.sql(`
      create table lax.seen (value text);
      create function lax.see() returns trigger language plpgsql as
        $$ begin insert into lax.seen values (current_setting('synchronous_commit')); return new; end $$;
      create trigger see before insert on lax.heads for each row execute function lax.see();
      create trigger see before insert on lax.objects for each row execute function lax.see();
      alter role publisher set synchronous_commit = off; grant lax_writer to publisher;
      grant insert on lax.seen to publisher; grant usage on schema lax to publisher`);
    const store = await open('lax', 'publisher');
    await store.putAll(one);
    expect(await store.casHead('local', 'stable', null, head)).toBe('ok');
    await server.sql('alter role publisher reset synchronous_commit');
    expect(await server.sql('select value from lax.seen')).toEqual([{ value: 'on' }, { value: 'on' }]);
  });

  test.each([
    ['a wrong password', 'stranger:wr0ng-secret@', '', 'denied', /check user, password/],
    ['a user that is not there', 'nobody-here:wr0ng-secret@', '', 'denied', /check user, password/],
    ['a database that is not there', '', '/wr0ng', 'unsuitable', /no such database/],
    ['a server that is not there', '', ':1', 'unavailable', /cannot be reached/],
    ['encryption the server does not know', '', '?sslmode=verify-full', 'unavailable', /SSL/],
  ])('%s is told in plain words without the password', async (_, user, change, trouble, message) => {
    let url = server.url();
    if (user !== '') url = url.replace(/\/\/.*@/, `//${user}`);
    if (change.startsWith('/')) url = url.replace(/\/postgres$/, change);
    else if (change.startsWith(':')) url = url.replace(/:\d+\//, `:${await freePort()}/`);
    else url += change;
    const store = await openStore(url);
    opened.push(store);
    const error = await store.getHead('local', 'stable').catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'StoreError', trouble, message: expect.stringMatching(message) });
    for (const secret of ['wr0ng-secret', password, encodeURIComponent(password)])
      expect(String((error as Error).stack)).not.toContain(secret);
  });
});

describe.skipIf(isMissing('postgres'))('a server that can lose what it acknowledged', () => {
  test('is told apart', async () => {
    const server = await startPostgres(['fsync = off', 'full_page_writes = off']);
    const store = await openStore(server.url());
    const setup = await store.init?.().finally(async () => {
      await store.close();
      await server.stop();
    });
    const findings = setup?.findings ?? [];
    expect(findings.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      'error: fsync is off: a power cut can lose releases that were acknowledged, or damage the database',
      'error: full_page_writes is off: a power cut can leave half-written pages',
    ]);
    for (const { help } of findings) expect(help).toMatch(/= on in postgresql\.conf/);
  });
});
