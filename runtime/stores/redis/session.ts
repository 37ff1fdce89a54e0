import { StoreError } from '../store.ts';
import type { RedisAddress } from './address.ts';
import { type Link, openLink } from './link.ts';
import { Refusal, storeErrorOf, TooLate } from './trouble.ts';

/** The most an operation takes, connecting and a second try included, in milliseconds. */
export const deadlineMs = 10_000;
/** The most a swap waits for its answer; the server is told not to carry it out later. */
export const swapMs = 5_000;

/** The connection of a store: opened when it is first needed, and again when it broke. */
export class Session {
  readonly #client: typeof import('redis');
  readonly #address: RedisAddress;
  #link: Link | undefined;
  #isClosed = false;

  constructor(client: typeof import('redis'), address: RedisAddress) {
    this.#client = client;
    this.#address = address;
  }

  /**
   * Runs work that may be run again, and does so once where the connection broke under it.
   *
   * @throws StoreError after ten seconds at the latest.
   */
  async run<T>(work: (link: Link) => Promise<T>): Promise<T> {
    const until = Date.now() + deadlineMs;
    try {
      return await this.#attempt(work, until);
    } catch (error) {
      if (error instanceof StoreError || error instanceof TooLate || error instanceof Refusal) throw this.#words(error);
    }
    try {
      return await this.#attempt(work, until);
    } catch (error) {
      throw this.#words(error);
    }
  }

  /**
   * Runs work that must not be run twice; undefined when its answer did not come.
   *
   * @throws StoreError when the server cannot be reached, or answered that it did not do it.
   */
  async runOnce<T>(work: (link: Link) => Promise<T>): Promise<T | undefined> {
    const link = await this.run(async (open) => open);
    try {
      return await this.#within(link, work(link), Date.now() + swapMs);
    } catch (error) {
      if (error instanceof Refusal) throw this.#words(error);
      return undefined;
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#link?.destroy();
    this.#link = undefined;
  }

  #words = (error: unknown): StoreError => storeErrorOf(this.#address.shown, error);

  async #attempt<T>(work: (link: Link) => Promise<T>, until: number): Promise<T> {
    if (this.#isClosed) throw new StoreError('unavailable', `the store on ${this.#address.shown} was closed`);
    if (this.#link?.isBroken()) this.#drop(this.#link);
    this.#link ??= openLink(this.#client, this.#address);
    const link = this.#link;
    return this.#within(
      link,
      link.ready.then(() => work(link)),
      until,
    );
  }

  /** What did not come in time may come later, to somebody else's question: the connection goes with it. */
  async #within<T>(link: Link, answer: Promise<T>, until: number): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      // An answer that waits in the socket while this process was busy has come in time: it is read before the check.
      timer = setTimeout(() => setImmediate(() => reject(new TooLate('answering'))), Math.max(0, until - Date.now()));
    });
    try {
      return await Promise.race([answer, late]);
    } catch (error) {
      if (!(error instanceof Refusal)) this.#drop(link);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  #drop(link: Link): void {
    if (this.#link === link) this.#link = undefined;
    // What is still under way on it fails with it, and nobody may be waiting for that any more.
    link.ready.catch(() => {});
    link.destroy();
  }
}
