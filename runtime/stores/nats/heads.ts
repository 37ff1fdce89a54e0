import { sha256 } from '../../snapshot/object.ts';
import { writeNews } from '../driver/news.ts';
import { type HeadAt, StoreError, type Swap } from '../store.ts';
import type { Bucket } from './buckets.ts';
import { ask } from './link.ts';
import { readAck } from './objects.ts';
import { deadlineMs, type Session } from './session.ts';
import { codes, Refusal } from './trouble.ts';

/*
 * The heads of an environment and channel are the messages of one subject. Each was stored on the condition that the
 * message before it was the last, and keeps that number in its header: so they are a chain, read from its end. A head
 * also says until when, by the server's clock, it may be stored: one that was stored later is void, its publisher had
 * given up and said so. All reads go to the stream's leader.
 */

const previousHeader = 'Nats-Expected-Last-Subject-Sequence';
const untilHeader = 'Proviso-Until';
/** Headers are all that is passed on to those who watch. */
export const newsHeader = 'Proviso-News';
/** The most a swap waits for its answer, in milliseconds; what the server stores later is void. */
const swapMs = 5_000;

/** A message on the subject of an environment and channel. */
interface Stored {
  seq: number;
  /** The number of the message before it; 0: there was none. */
  previous: number;
  isVoid: boolean;
  envelope: Uint8Array;
}

/** The heads of one environment and channel. */
export class Heads {
  readonly #session: Session;
  readonly #stream: string;
  readonly #subject: string;

  constructor(session: Session, bucket: Bucket, env: string, channel: string) {
    this.#session = session;
    this.#stream = bucket.stream;
    this.#subject = bucket.subject(`${env}.${channel}`);
  }

  async read(): Promise<HeadAt | undefined> {
    return (await this.#newest()).head;
  }

  /** @param serverTime tells milliseconds on the server's clock, not earlier than when it was called. */
  async swap(
    expected: string | null,
    envelope: Uint8Array,
    serverTime: (until: number) => Promise<number>,
    news?: readonly string[],
  ): Promise<Swap> {
    const end = Date.now() + deadlineMs;
    const until = end - swapMs;
    const { head, last } = await this.#newest(until);
    if ((head?.token ?? null) !== expected) return 'conflict';
    const storedUntil = (await serverTime(until)) + swapMs;
    const told = writeNews(news);
    const answer = await this.#session.runOnce(async (link) => {
      const headers = link.client.transport.headers();
      headers.set(previousHeader, String(last));
      headers.set(untilHeader, String(storedUntil));
      if (told !== undefined) headers.set(newsHeader, told);
      try {
        return readAck(await ask(link, this.#subject, { payload: envelope, headers }));
      } catch (error) {
        if (error instanceof Refusal && conflicts.includes(error.code)) return 'conflict';
        throw error;
      }
    }, Date.now() + swapMs);
    if (answer === undefined || answer === 'conflict') return answer ?? 'unknown';
    return this.#isInTime(answer, end);
  }

  /** Newest first. */
  async *list(): AsyncGenerator<Uint8Array> {
    let message = await this.#at({ last_by_subj: this.#subject });
    while (message) {
      if (!message.isVoid) yield message.envelope;
      message = await this.#before(message);
    }
  }

  /** The head in force, and the number of the last message, which may be a void one after it. */
  async #newest(until?: number): Promise<{ head: HeadAt | undefined; last: number }> {
    let message = await this.#at({ last_by_subj: this.#subject }, until);
    const last = message?.seq ?? 0;
    while (message?.isVoid) message = await this.#before(message, until);
    if (!message) return { head: undefined, last };
    const { seq, envelope } = message;
    return { head: { envelope, token: `${seq}-${sha256(envelope)}` }, last };
  }

  /** Servers of a cluster have clocks of their own: only the message says when it was stored. */
  async #isInTime(seq: number, until: number): Promise<Swap> {
    try {
      return (await this.#at({ seq }, until))?.isVoid === false ? 'ok' : 'unknown';
    } catch (error) {
      if (error instanceof StoreError) return 'unknown';
      throw error;
    }
  }

  async #before({ previous }: Stored, until?: number): Promise<Stored | undefined> {
    if (previous === 0) return undefined;
    const message = await this.#at({ seq: previous }, until);
    if (!message)
      throw new StoreError('damaged', `message ${previous} of ${this.#stream}, an older release, is no longer there`);
    return message;
  }

  async #at(query: { seq: number } | { last_by_subj: string }, until?: number): Promise<Stored | undefined> {
    const message = await this.#session.run((link) => link.manager.streams.getMessage(this.#stream, query), until);
    if (!message) return undefined;
    const { seq, header, time, data, subject } = message;
    const [previous, storedUntil] = [header.get(previousHeader), header.get(untilHeader)];
    if (subject !== this.#subject || !/^\d+$/.test(previous) || !/^\d+$/.test(storedUntil))
      throw new StoreError(
        'damaged',
        `message ${seq} of ${this.#stream} was not written by Proviso: another program writes there`,
      );
    return { seq, previous: Number(previous), isVoid: time.getTime() > Number(storedUntil), envelope: data };
  }
}

const conflicts: readonly number[] = [codes.wrongLastSequence, codes.wrongLastSequenceUnknown];
