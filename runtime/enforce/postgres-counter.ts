import type { RateLimiterPostgres } from 'rate-limiter-flexible';
import { pgPackage } from '../packages/pg-package.ts';
import { type Count, type Counter, type Slot, secondsKept } from './counter.ts';
import { loadLimiters, loadPackage } from './load-package.ts';
import { MeterError } from './meter-error.ts';
import { placeOf } from './place-of.ts';
import { runInTurn } from './run-in-turn.ts';

interface Session {
  query(text: string): Promise<{ rows: Record<string, unknown>[] }>;
  release(error?: Error): void;
  on(event: 'error', listener: () => void): unknown;
}

/** A pool of the package `pg`, or one that looks like it. */
export interface OwnPool {
  connect(): Promise<Session>;
  query(text: string): Promise<{ rows: Record<string, unknown>[] }>;
}

const table = 'proviso_usage';

/**
 * As the package makes it, but for the width of its numbers: its own ends at 2,147,483,647. One process after the other: two
 * that make it at the same moment can fail in more ways than one.
 */
const createTable = `
  select pg_advisory_xact_lock(hashtext('${table}'));
  create table if not exists ${table} (key text primary key, points bigint not null default 0, expire bigint);
  create index if not exists ${table}_expire on ${table} (expire)`;

/** A process that stands still keeps nobody else waiting for longer than this. */
const begin =
  'begin isolation level read committed; set local lock_timeout = 5000; set local idle_in_transaction_session_timeout = 5000';

/** How often counts whose windows are long over are removed, in milliseconds. */
const SWEEP = 300_000;

/**
 * Counts in a table of PostgreSQL, and takes back what it refuses in the transaction that added it.
 *
 * @param place a URL, `postgres://user:password@host:5432/database`, or a pool.
 * @throws MeterError (`packageMissing`, `badPlace`)
 */
export async function openPostgresCounter(place: string | OwnPool, prefix: string): Promise<Counter> {
  const { RateLimiterPostgres, RateLimiterRes } = await loadLimiters();
  const { pool, close } = typeof place === 'string' ? await connect(place) : { pool: place, close: async () => {} };
  const limiterOf = (client: object, points: number, slot?: Slot): RateLimiterPostgres =>
    new RateLimiterPostgres({
      storeClient: client,
      storeType: 'client',
      tableName: table,
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix: prefix,
      points,
      duration: (slot && secondsKept(slot)) ?? 0,
    });
  let prepared: Promise<void> | undefined;
  const prepare = (): Promise<void> => {
    prepared ??= prepareTable(pool).catch((error: unknown) => {
      prepared = undefined;
      throw error;
    });
    return prepared;
  };
  const inTurn = runInTurn(async (works: readonly Work[]) => {
    await prepare();
    return transact(pool, works);
  });
  const sweep = setInterval(() => {
    pool.query(`delete from ${table} where expire < ${Date.now()}`).catch(() => {});
  }, SWEEP);
  sweep.unref();

  return {
    place: placeOf(place, 'PostgreSQL'),
    take: (slot, n, most) =>
      inTurn(slot.key, async (client): Promise<Count> => {
        const limiter = limiterOf(client, most, slot);
        try {
          return { used: Number((await limiter.consume(slot.key, n)).consumedPoints), isTaken: true };
        } catch (refusal) {
          if (!(refusal instanceof RateLimiterRes)) throw refusal;
          // It was added before it was compared; until the transaction ends nobody else sees that.
          return { used: Number((await limiter.reward(slot.key, n)).consumedPoints), isTaken: false };
        }
      }) as Promise<Count>,
    giveBack: (slot, n) =>
      inTurn(slot.key, async (client): Promise<number> => {
        const limiter = limiterOf(client, Number.MAX_SAFE_INTEGER, slot);
        const left = Number((await limiter.reward(slot.key, n)).consumedPoints);
        if (left < 0) await limiter.penalty(slot.key, -left);
        return Math.max(0, left);
      }) as Promise<number>,
    async read(slot) {
      await prepare();
      return Number((await limiterOf(pool, Number.MAX_SAFE_INTEGER).get(slot.key))?.consumedPoints ?? 0);
    },
    async close() {
      clearInterval(sweep);
      await close();
    },
  };
}

/** What is done with one count in a transaction; its answer counts once that was committed. */
type Work = (client: Session) => Promise<unknown>;

/** A connection that breaks while it is used says so twice: to who asked, and as an event that ends the process unless heard. */
const heard = new WeakSet<Session>();

async function transact(pool: OwnPool, works: readonly Work[]): Promise<unknown[]> {
  const client = await pool.connect();
  if (!heard.has(client)) client.on('error', () => {});
  heard.add(client);
  const answers: unknown[] = [];
  try {
    await client.query(begin);
    for (const work of works) answers.push(await work(client));
    await client.query('commit');
    client.release();
    return answers;
  } catch (error) {
    // What failed may be in the middle of something: it is not used again.
    client.release(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
}

/** Who may only write needs the table to be there; who may make it has no need to think of it. */
async function prepareTable(pool: OwnPool): Promise<void> {
  const { rows } = await pool.query(`select to_regclass('${table}') as found`);
  if (rows[0]?.found) return;
  try {
    await pool.query(createTable);
  } catch (error) {
    // Another process made it at the same moment.
    if (!['23505', '42P07'].includes(String((error as { code?: unknown }).code))) throw error;
  }
}

async function connect(url: string): Promise<{ pool: OwnPool; close: () => Promise<void> }> {
  const { Pool } = await loadPackage('counting in PostgreSQL', pgPackage);
  if (!URL.canParse(url.replace('@/', '@localhost/')))
    throw new MeterError(
      'badPlace',
      'this PostgreSQL URL cannot be read; write postgres://user:password@host:5432/database, with %40 for an "@" in a password',
    );
  const pool = new Pool({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    allowExitOnIdle: true,
    fallback_application_name: 'proviso',
    keepAlive: true,
    query_timeout: 10_000,
  });
  // A connection that breaks while nobody uses it is replaced when somebody does.
  pool.on('error', () => {});
  // One that breaks in the moment it is ready has nobody else who listens, and would end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  return { pool, close: () => pool.end() };
}
