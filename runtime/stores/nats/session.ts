import { setTimeout as sleep } from 'node:timers/promises';
import { StoreError } from '../store.ts';
import type { NatsAddress } from './address.ts';
import { type Buckets, clockKey } from './buckets.ts';
import { cutLink, type Link, type NatsClient, openLink } from './link.ts';
import {
  isBroken,
  isHopeless,
  isPassing,
  isUnanswered,
  notEnabled,
  refusalOf,
  storeErrorOf,
  TooLate,
} from './trouble.ts';

/** The most an operation takes, connecting and further tries included, in milliseconds. */
export const deadlineMs = 10_000;
const firstPauseMs = 50;
/** With less time than this left nothing is begun any more. */
const leastMs = 200;
const longestPauseMs = 500;

/** The connection of a store: opened when it is first needed, and again when it broke. */
export class Session {
  readonly #client: NatsClient;
  readonly #address: NatsAddress;
  readonly #buckets: Buckets;
  #opening: Promise<Link> | undefined;
  #link: Link | undefined;
  #wasOpen = false;
  #isClosed = false;

  constructor(client: NatsClient, address: NatsAddress, buckets: Buckets) {
    this.#client = client;
    this.#address = address;
    this.#buckets = buckets;
  }

  /**
   * Runs work that may be run again, and does so while a connection breaks or is silent under it or a cluster has no leader.
   *
   * @param until when it must have ended, in milliseconds of `Date.now()`; default: in ten seconds.
   * @throws StoreError when the server refuses or does not answer.
   */
  async run<T>(work: (link: Link) => Promise<T>, until: number = Date.now() + deadlineMs): Promise<T> {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
      let link: Link | undefined;
      try {
        link = await within(this.#open(), until);
        // A connection may be dead without a word: half of the time is left to try another.
        return await within(work(link), (Date.now() + until) / 2);
      } catch (error) {
        if (link && (error instanceof TooLate || isBroken(error))) this.#drop(link);
        const mayPass = await this.#mayPass(error, link, until);
        if (!mayPass || Date.now() + pauseMs + leastMs > until) throw this.#words(error);
      }
      await sleep(pauseMs * (0.5 + Math.random() / 2));
    }
  }

  /**
   * Runs work that must not be run twice; undefined when its answer did not come.
   *
   * @throws StoreError when the server cannot be reached, or answered that it did not do it.
   */
  async runOnce<T>(work: (link: Link) => Promise<T>, until: number): Promise<T | undefined> {
    const link = await this.run(async (open) => open, until);
    try {
      return await within(work(link), until);
    } catch (error) {
      if (!(error instanceof TooLate) && !isBroken(error)) throw this.#words(error);
      this.#drop(link);
      return undefined;
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#opening?.then(cutLink, () => {});
    this.#forget();
  }

  #words = (error: unknown): StoreError => storeErrorOf(this.#address.shown, error);

  async #open(): Promise<Link> {
    if (this.#isClosed) throw new StoreError('unavailable', `the store on ${this.#address.shown} was closed`);
    if (this.#link?.connection.isClosed()) this.#forget();
    const opening = (this.#opening ??= openLink(this.#client, this.#address));
    try {
      const link = await opening;
      if (this.#opening === opening) this.#link = link;
      this.#wasOpen = true;
      return link;
    } catch (error) {
      if (this.#opening === opening) this.#forget();
      throw error;
    }
  }

  #drop(link: Link): void {
    if (this.#link === link) this.#forget();
    cutLink(link);
  }

  #forget(): void {
    this.#opening = undefined;
    this.#link = undefined;
  }

  /** Whether trying again can help. @throws Refusal that says what is wrong where no one answered. */
  async #mayPass(error: unknown, link: Link | undefined, until: number): Promise<boolean> {
    if (error instanceof StoreError) return false;
    if (error instanceof TooLate || isPassing(error)) return true;
    if (isBroken(error) || isHopeless(error)) return this.#wasOpen || !isHopeless(error);
    return link !== undefined && isUnanswered(error) && this.#mayWake(link, until);
  }

  /** Nobody listens where an object or a head is written: is JetStream off, was nothing made, or is it a matter of time? */
  async #mayWake(link: Link, until: number): Promise<boolean> {
    if (link.connection.info?.jetstream !== true && !link.connection.info?.cluster) throw this.#words(notEnabled());
    const { stream, subject } = this.#buckets.objects;
    try {
      await within(link.manager.streams.getMessage(stream, { last_by_subj: subject(clockKey) }), until);
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal && !isPassing(error)) throw this.#words(refusal);
    }
    return true;
  }
}

/** What did not come in time may still come; nobody waits for it any more. */
async function within<T>(answer: Promise<T>, until: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    // An answer that waits in the socket while this process was busy has come in time: it is read before the check.
    timer = setTimeout(() => setImmediate(() => reject(new TooLate())), Math.max(0, until - Date.now()));
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
