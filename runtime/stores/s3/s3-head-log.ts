import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { maxHeadBytes } from '../../snapshot/head.ts';
import { sha256 } from '../../snapshot/object.ts';
import { checkPlace } from '../driver/check-place.ts';
import { type HeadAt, StoreError, type Swap } from '../store.ts';
import type { Bucket, Found } from './bucket.ts';
import { type Failed, readFailure, storeErrorOf } from './s3-trouble.ts';

const readAhead = 16;

type Numbered = HeadAt & { seq: number };

/**
 * Every head of one environment and channel under a key of its own, 1, 2, 3 …: whoever creates the next one wins
 * (`If-None-Match: *`), and the highest is in force. So one request decides, the history is complete by itself, nothing
 * is ever overwritten, and a bucket policy can enforce it; replacing one key (`If-Match`) would leave the history to a
 * second request that may be lost, and fewer servers know it. A hint beside them holds a number at or below the
 * highest, so that a reader need not list; it may be late or missing.
 */
export class S3HeadLog {
  readonly #bucket: Bucket;
  readonly #folder: string;
  readonly #hintKey: string;

  /** @throws StoreError (`unsuitable`) for a name that is not lower-case letters, digits and hyphens. */
  constructor(bucket: Bucket, env: string, channel: string) {
    checkPlace(env, channel);
    this.#bucket = bucket;
    this.#folder = `heads/${env}/${channel}/`;
    this.#hintKey = `hints/${env}/${channel}`;
  }

  async read(): Promise<Numbered | undefined> {
    const hint = await this.#hint();
    const near = hint > 0 ? await this.#walk(hint, readAhead) : undefined;
    return near ?? this.#walk(await this.#highestListed(), Number.POSITIVE_INFINITY);
  }

  async swap(expected: string | null, envelope: Uint8Array): Promise<Swap> {
    const seen = expected === null ? 0 : Number(/^([1-9]\d{0,14})-[0-9a-f]{64}$/.exec(expected)?.[1] ?? Number.NaN);
    if (Number.isNaN(seen)) return 'conflict';
    if (expected !== null && (await this.#readAt(seen))?.token !== expected) return 'conflict';
    const swap = await this.#create(seen + 1, envelope);
    if (swap === 'ok') await this.#writeHint(seen + 1);
    return swap;
  }

  /** Newest first. */
  async *list(): AsyncGenerator<Uint8Array> {
    const newest = await this.read();
    if (!newest) return;
    yield newest.envelope;
    for (let seq = newest.seq - 1; seq > 0; seq -= readAhead) {
      const some = await Promise.all(Array.from({ length: readAhead }, (_, index) => this.#readAt(seq - index)));
      for (const head of some) {
        if (!head) return;
        yield head.envelope;
      }
    }
  }

  /**
   * Creates a head, again and again while the server is too busy to, or does not say whether it did: the same head by
   * the same writer, so that repeating does no harm and finding it there is winning.
   */
  async #create(seq: number, envelope: Uint8Array): Promise<Swap> {
    const writer = randomUUID();
    const { swap, attempt } = this.#bucket.patience;
    const deadline = Date.now() + swap;
    let mayBeThere = false;
    for (let pause = 50; ; pause *= 2) {
      let failed: Failed;
      let error: unknown;
      try {
        await this.#bucket.create(this.#key(seq), envelope, writer, Math.min(attempt, deadline - Date.now()));
        return 'ok';
      } catch (caught) {
        error = caught;
        failed = readFailure(caught);
      }
      if (failed.status === 412) return this.#settle(seq, writer);
      mayBeThere ||= !failed.isUndone;
      const isFinal = failed.isUndone && !isWorthRepeating(failed);
      const wait = pause * (0.5 + Math.random() / 2);
      if (isFinal || Date.now() + wait + 100 > deadline) {
        if (mayBeThere) return this.#settle(seq, writer);
        throw storeErrorOf(error, this.#bucket.name);
      }
      await sleep(wait);
    }
  }

  /** Who created a head that may be there. What is not there yet may still arrive. */
  async #settle(seq: number, writer: string): Promise<Swap> {
    let found: Found | undefined;
    try {
      found = await this.#bucket.get(this.#key(seq), maxHeadBytes);
    } catch {
      return 'unknown';
    }
    // Without a writer somebody between keeps back what was written beside the bytes.
    if (!found?.writer) return 'unknown';
    return found.writer === writer ? 'ok' : 'conflict';
  }

  /** The newest head, going forward from where one should be; undefined where none is, or where the way is too long. */
  async #walk(start: number, most: number): Promise<Numbered | undefined> {
    let [newest, next] = await Promise.all([this.#readAt(start), this.#readAt(start + 1)]);
    for (let steps = 0; next; steps += 1) {
      if (steps === most) return undefined;
      newest = next;
      next = await this.#readAt(newest.seq + 1);
    }
    return newest;
  }

  #key = (seq: number): string => `${this.#folder}${String(seq).padStart(15, '0')}`;

  async #readAt(seq: number): Promise<Numbered | undefined> {
    if (seq < 1) return undefined;
    const found = await this.#bucket.get(this.#key(seq), maxHeadBytes);
    return found && { envelope: found.bytes, token: `${seq}-${sha256(found.bytes)}`, seq };
  }

  async #hint(): Promise<number> {
    const text = (await this.#bucket.get(this.#hintKey, 1_024))?.bytes.toString('latin1') ?? '';
    return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : 0;
  }

  async #highestListed(): Promise<number> {
    let highest = 0;
    for await (const page of this.#bucket.list(this.#folder))
      for (const { key } of page) {
        const name = key.slice(this.#folder.length);
        if (/^\d{15}$/.test(name)) highest = Math.max(highest, Number(name));
      }
    return highest;
  }

  /** It only saves the next reader a look at the list, so failing to write it is no failure. */
  async #writeHint(seq: number): Promise<void> {
    try {
      await this.#bucket.put(this.#hintKey, Buffer.from(String(seq)));
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
    }
  }
}

const isWorthRepeating = ({ status }: Failed): boolean => status === 409 || status === 429 || status === 503;
