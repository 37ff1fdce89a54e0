import type { Client, Pool, PoolClient } from 'pg';
import type { Listener } from './listen.ts';
import type { Address } from './read-address.ts';
import { isCollision, isLost } from './report-trouble.ts';

/** The package; loaded by who opens a store. */
export type Postgres = Pick<typeof import('pg'), 'Client' | 'Pool'>;

/** A connection while work has it. */
export interface Session {
  query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** The same for what is asked again and again: the server reads and plans it once a connection, under a name. */
  ask<Row>(name: string, text: string, values: readonly unknown[]): Promise<Row[]>;
  /** Milliseconds until it is taken away. */
  left(): number;
}

const connectMs = 5_000;
/** Work ends within this, connecting and repeating included. */
const workMs = 10_000;
const connections = 4;
/** Longer than a reader waits between two looks: to connect costs more than all it asks. */
const idleMs = 60_000;
const tries = 6;

/** Before the client gives up, the server does. Durability is ours to ask for, whatever the default of the server. */
const settings = `
  set statement_timeout = 9000; set lock_timeout = 5000; set idle_in_transaction_session_timeout = 20000;
  set default_transaction_isolation = 'read committed'; set search_path = pg_catalog; set bytea_output = hex;
  select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'`;

/** Connections to one server: few, opened when needed, closed when idle, none in use for longer than 10 seconds at once. */
export class Sessions {
  readonly #client: Postgres['Client'];
  readonly #config: ConstructorParameters<typeof Client>[0] & object;
  readonly #pool: Pool;
  readonly #ready = new WeakSet<PoolClient>();

  constructor({ Client, Pool }: Postgres, { connectionString }: Address) {
    this.#client = Client;
    this.#config = {
      connectionString,
      connectionTimeoutMillis: connectMs,
      fallback_application_name: 'proviso',
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    };
    this.#pool = new Pool({ ...this.#config, max: connections, idleTimeoutMillis: idleMs, allowExitOnIdle: true });
    // A connection that breaks while nobody uses it is replaced when somebody does.
    this.#pool.on('error', () => {});
    // One that breaks in the moment it is ready has nobody else who listens, and would end the process.
    this.#pool.on('connect', (client) => client.on('error', () => {}));
  }

  /**
   * Runs `work` on a connection. It is done again where it cannot have done anything: on another connection when one
   * that lay idle turns out to be dead, and after a collision with another transaction.
   *
   * @param mayRepeat asked after a failure.
   * @throws what the client throws.
   */
  async run<T>(work: (session: Session) => Promise<T>, mayRepeat: () => boolean = () => true): Promise<T> {
    const end = performance.now() + workMs;
    for (let tried = 1; ; tried += 1) {
      const client = await this.#pool.connect();
      const isUsed = this.#ready.has(client);
      try {
        return await this.#use(client, end, work);
      } catch (error) {
        const isWorthIt = isCollision(error) || (isUsed && isLost(error) && !(error instanceof TooLate));
        if (tried === tries || !isWorthIt || !mayRepeat()) throw error;
      }
    }
  }

  /** A connection of its own, not connected yet. */
  apart(): Listener {
    return new this.#client(this.#config) as Listener;
  }

  async close(): Promise<void> {
    if (!this.#pool.ending) await this.#pool.end();
  }

  async #use<T>(client: PoolClient, end: number, work: (session: Session) => Promise<T>): Promise<T> {
    const left = (): number => Math.max(0, end - performance.now());
    let isReleased = false;
    let isLate = false;
    const release = (error?: Error): void => {
      if (!isReleased) client.release(error);
      isReleased = true;
    };
    const timer = setTimeout(() => {
      isLate = true;
      release(new TooLate());
    }, left());
    const query = async <Row>(text: string, values?: readonly unknown[]): Promise<Row[]> =>
      (await client.query(text, values && [...values])).rows as Row[];
    const ask = async <Row>(name: string, text: string, values: readonly unknown[]): Promise<Row[]> =>
      (await client.query({ name, text, values: [...values] })).rows as Row[];
    try {
      if (!this.#ready.has(client)) await client.query(settings);
      this.#ready.add(client);
      const result = await work({ query, ask, left });
      release();
      return result;
    } catch (error) {
      // What failed may be in the middle of something: it is not used again.
      release(error instanceof Error ? error : new Error(String(error)));
      throw isLate ? new TooLate() : error;
    } finally {
      clearTimeout(timer);
    }
  }
}

class TooLate extends Error {
  constructor() {
    super(`no answer within ${workMs / 1_000} seconds`);
  }
}
