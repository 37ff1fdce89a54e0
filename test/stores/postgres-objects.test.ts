import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../runtime/snapshot/object.ts';
import { openStore } from '../../runtime/stores/registry.ts';
import type { WriteStore } from '../../runtime/stores/store.ts';
import { drawFrom, seed, timesFrom } from '../fixtures/release/counts.ts';
import { type PostgresServer, startPostgres } from '../fixtures/servers/postgres.ts';
import { isMissing } from '../fixtures/servers/server.ts';

const objectsOf = (...texts: string[]): Map<string, Uint8Array> =>
  new Map(texts.map((text) => [sha256(text), Buffer.from(text)]));
const later = (): Date => new Date(Date.now() + 60_000);

describe.skipIf(isMissing('postgres'))('objects in PostgreSQL', () => {
  let server: PostgresServer;
  let other: Client;
  let store: WriteStore;
  let schema: string;
  let schemas = 0;

  beforeAll(async () => {
    server = await startPostgres(['fsync = off', 'deadlock_timeout = 50ms']);
    other = new Client({ connectionString: server.url() });
    await other.connect();
  }, 60_000);
  beforeEach(async () => {
    schemas += 1;
    schema = `objects_${schemas}`;
    store = await openStore(server.url(undefined, `?schema=${schema}`));
    await store.init?.();
  });
  afterEach(() => store.close());
  afterAll(async () => {
    await other?.end();
    await server?.stop();
  });

  /** Resolves when somebody waits for what `other` has locked. */
  const somebodyWaits = async (): Promise<void> => {
    const waiting = `select from pg_stat_activity where wait_event_type = 'Lock'`;
    while ((await server.sql(waiting)).length === 0) await new Promise((resolve) => setImmediate(resolve));
  };

  test('that are asked for while they are being swept stay', async () => {
    const objects = objectsOf('old', 'older');
    await store.putAll(objects);
    const until = later();
    await other.query(`begin; update ${schema}.objects set touched = '${later().toISOString()}'::timestamptz + interval '1 day'
      where hash = '\\x${sha256('old')}'`);
    const swept = store.sweep(new Set(), until);
    await somebodyWaits();
    await other.query('commit');
    expect(await swept).toEqual({ objects: 1, bytes: 5 });
    expect([...(await store.get([...objects.keys()])).keys()]).toEqual([sha256('old')]);
  });

  test('that are being swept while they are asked for are not there', async () => {
    await store.putAll(objectsOf('old'));
    await other.query(`begin; delete from ${schema}.objects`);
    const found = store.has([sha256('old')]);
    const stored = store.putAll(objectsOf('old', 'new'));
    await somebodyWaits();
    await other.query('commit');
    expect(await found).toEqual(new Set());
    await stored;
    expect((await store.has([sha256('old'), sha256('new')])).size).toBe(2);
  });

  test('that are stored while somebody undoes storing them are there', async () => {
    await other.query(`begin; insert into ${schema}.objects (hash, bytes) values ('\\x${sha256('one')}', 'one')`);
    const stored = store.putAll(objectsOf('one'));
    await somebodyWaits();
    await other.query('rollback');
    await stored;
    expect(await store.get([sha256('one')])).toEqual(objectsOf('one'));
  });

  const rounds = timesFrom('PROVISO_GC_RACES', 10);
  test(`that many store, ask for and sweep at once are never lost to who was told of them: ${rounds} rounds (seed ${seed})`, async () => {
    const draw = drawFrom(seed);
    const objects = [...objectsOf(...Array.from({ length: 1_500 }, (_, index) => `object ${index}`))];
    const shuffled = () =>
      objects
        .map((object) => ({ object, at: draw() }))
        .sort((a, b) => a.at - b.at)
        .map(({ object }) => object);
    // What publishers who are not done began with; a sweep leaves what is younger.
    const begun = [Infinity, Infinity, Infinity];
    let gone = 0;
    const publisher = async (lane: number): Promise<void> => {
      const own = await openStore(server.url(undefined, `?schema=${schema}`));
      for (let round = 0; round < rounds; round += 1) {
        const wanted = new Map(shuffled().slice(0, 600));
        begun[lane] = Date.now();
        const stored = await own.has(wanted.keys());
        await own.putAll(new Map([...wanted].filter(([hash]) => !stored.has(hash))));
        // Added afterwards: the others add meanwhile.
        const swept = await own.sweep(new Set(), new Date(Math.min(...begun)));
        gone += swept.objects;
        expect((await own.get([...wanted.keys()])).size).toBe(600);
        begun[lane] = Infinity;
      }
      await own.close();
    };
    await Promise.all([publisher(0), publisher(1), publisher(2)]);
    expect(gone).toBeGreaterThan(0);
  }, 60_000);

  test('of every size and any bytes come back as they were', async () => {
    const sizes = [0, 1, 2, 2_000, 2_100, 65_536, 1_048_576, 5_000_000];
    const objects = new Map<string, Uint8Array>();
    for (const size of sizes) {
      const bytes = randomBytes(size);
      objects.set(sha256(bytes), bytes);
    }
    // A view of a part of something larger.
    const part = new Uint8Array(randomBytes(1_000).buffer).subarray(100, 200);
    objects.set(sha256(part), part);
    await store.putAll(objects);
    const found = await store.get([...objects.keys()]);
    expect(found.size).toBe(objects.size);
    for (const [hash, bytes] of found) expect(sha256(bytes)).toBe(hash);
  });

  test('with a name no object has are nowhere', async () => {
    await store.putAll(objectsOf('one'));
    const names = ['', 'none', 'bootstrap', sha256('one').toUpperCase(), `${sha256('one')}00`, `\\x${sha256('one')}`];
    expect(await store.get(names)).toEqual(new Map());
    expect(await store.has(names)).toEqual(new Set());
  });

  test('are swept in as many batches as it takes', async () => {
    const texts = Array.from({ length: 4_500 }, (_, index) => `object ${index}`);
    await store.putAll(objectsOf(...texts));
    const keep = new Set(texts.filter((_, index) => index % 9 === 0).map(sha256));
    const gone = texts.filter((text) => !keep.has(sha256(text)));
    const bytes = gone.reduce((sum, text) => sum + text.length, 0);
    expect(await store.sweep(keep, later())).toEqual({ objects: gone.length, bytes });
    expect(new Set((await store.get(texts.map(sha256))).keys())).toEqual(keep);
  });
});
