import { setTimeout as sleep } from 'node:timers/promises';
import { StoreError } from '../store.ts';
import type { RedisAddress } from './address.ts';
import { type Link, openLink } from './link.ts';
import { Refusal, storeErrorOf, TooLate } from './trouble.ts';

/** The most an operation takes, connecting and further tries included, in milliseconds. */
const deadlineMs = 10_000;
/** The most a swap waits for its answer, in milliseconds; the server is told not to carry it out later. */
export const swapMs = 5_000;
/** Before each further try, in milliseconds: at once where a connection died unnoticed, a little later where a server restarts. */
const pausesMs = [0, 100];

/** A link, how many wait for answers on it, and whether nobody else is to use it. */
interface Shared {
  link: Link;
  waiting: number;
  isRetired: boolean;
}

/** The connection of a store: opened when it is first needed, and another when it broke. */
export class Session {
  readonly #client: typeof import('redis');
  readonly #address: RedisAddress;
  #shared: Shared | undefined;
  #isClosed = false;

  constructor(client: typeof import('redis'), address: RedisAddress) {
    this.#client = client;
    this.#address = address;
  }

  /**
   * Runs work that may be run again, and does so where the connection broke under it.
   *
   * @throws StoreError after ten seconds at the latest.
   */
  async run<T>(work: (link: Link) => Promise<T>): Promise<T> {
    const until = Date.now() + deadlineMs;
    for (let tries = 0; ; tries += 1)
      try {
        return await this.#attempt(work, until);
      } catch (error) {
        const pauseMs = pausesMs[tries];
        const isLost = !(error instanceof StoreError || error instanceof TooLate || error instanceof Refusal);
        if (!isLost || pauseMs === undefined) throw this.#words(error);
        await sleep(pauseMs);
      }
  }

  /**
   * Runs work that must not be run twice; undefined when its answer did not come.
   *
   * @throws StoreError when the server cannot be reached, or answered that it did not do it.
   */
  async runOnce<T>(work: (link: Link) => Promise<T>): Promise<T | undefined> {
    await this.run(async () => {});
    try {
      return await this.#attempt(work, Date.now() + swapMs);
    } catch (error) {
      if (error instanceof Refusal || error instanceof StoreError) throw this.#words(error);
      return undefined;
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#shared?.link.destroy();
    this.#shared = undefined;
  }

  #words = (error: unknown): StoreError => storeErrorOf(this.#address.shown, error);

  async #attempt<T>(work: (link: Link) => Promise<T>, until: number): Promise<T> {
    if (this.#isClosed) throw new StoreError('unavailable', `the store on ${this.#address.shown} was closed`);
    if (this.#shared?.link.isBroken()) this.#retire(this.#shared);
    this.#shared ??= { link: openLink(this.#client, this.#address), waiting: 0, isRetired: false };
    const shared = this.#shared;
    const { link } = shared;
    shared.waiting += 1;
    try {
      return await within(
        link.ready.then(() => work(link)),
        until,
      );
    } catch (error) {
      if (!(error instanceof Refusal)) this.#retire(shared);
      throw error;
    } finally {
      shared.waiting -= 1;
      if (shared.isRetired && shared.waiting === 0) shared.link.destroy();
    }
  }

  /** Others who wait on it may be luckier, in a cluster above all: it ends with the last of them. */
  #retire(shared: Shared): void {
    shared.isRetired = true;
    if (this.#shared === shared) this.#shared = undefined;
    if (shared.waiting === 0) shared.link.destroy();
  }
}

async function within<T>(answer: Promise<T>, until: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    // An answer that waits in the socket while this process was busy has come in time: it is read before the check.
    timer = setTimeout(() => setImmediate(() => reject(new TooLate('answering'))), Math.max(0, until - Date.now()));
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
