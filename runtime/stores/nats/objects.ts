import { sha256 } from '../../snapshot/object.ts';
import { StoreError, type Tally } from '../store.ts';
import { type Bucket, clockKey } from './buckets.ts';
import { inParallel } from './in-parallel.ts';
import { ask, type Link } from './link.ts';
import type { Session } from './session.ts';
import { Refusal, refusalOf, TooLate } from './trouble.ts';

/*
 * An object is the only message on its subject, and the message's time says when it was last wanted: whoever wants it
 * again writes it again. So a sweep that removes messages by their number removes nothing that was wanted since.
 */

/** Reads under way at once: their answers, even if all are as large as can be, are less than a server queues for one client. */
const reads = 32;
const writes = 128;
const writtenBytes = 4_194_304;
const deletes = 64;
/** How long any server is given to answer before the leader is asked, in milliseconds. */
const directMs = 1_500;
const pageSize = 2_000;
/** How long a page of messages may take, and the server remember who asked for it, in milliseconds. */
const pageMs = 1_000;

export class Objects {
  readonly #session: Session;
  readonly #bucket: Bucket;

  constructor(session: Session, bucket: Bucket) {
    this.#session = session;
    this.#bucket = bucket;
  }

  async get(hashes: readonly string[]): Promise<Map<string, Uint8Array>> {
    const found = new Map<string, Uint8Array>();
    await inParallel(new Set(hashes), reads, async (hash) => {
      // Any server of a cluster may answer the first; only the leader knows that there is none.
      const bytes = (await this.#read(hash)) ?? (await this.#session.run((link) => this.#askLeader(link, hash)));
      if (bytes) found.set(hash, bytes);
    });
    return found;
  }

  /** One that lags behind and does not find an object has it written again, which is harmless; so has a damaged one. */
  async has(hashes: Iterable<string>): Promise<Set<string>> {
    const found = new Set<string>();
    await inParallel(new Set(hashes), reads, async (hash) => {
      const bytes = await this.#read(hash);
      if (!bytes || sha256(bytes) !== hash) return;
      await this.#write(hash, bytes);
      found.add(hash);
    });
    return found;
  }

  async putAll(objects: ReadonlyMap<string, Uint8Array>): Promise<void> {
    await inParallel(objects, writes, ([hash, bytes]) => this.#write(hash, bytes), {
      most: writtenBytes,
      sizeOf: ([, bytes]) => bytes.length,
    });
  }

  async sweep(keep: ReadonlySet<string>, olderThan: Date): Promise<Tally> {
    const swept: Tally = { objects: 0, bytes: 0 };
    for (let from = 1; ; ) {
      const page = await this.#session.run((link) => this.#list(link, from));
      const old = page.messages.filter(({ key, time }) => time < olderThan.getTime() && !keep.has(key));
      await inParallel(old, deletes, async ({ seq, size }) => {
        if (!(await this.#remove(seq))) return;
        swept.objects += 1;
        swept.bytes += size;
      });
      if (page.isLast) return swept;
      from = page.next;
    }
  }

  /** Milliseconds on the server's clock, not earlier than when this was called. */
  async serverTime(until: number): Promise<number> {
    const { stream, subject } = this.#bucket;
    return this.#session.run(async (link) => {
      readAck(await ask(link, subject(clockKey)));
      const message = await link.manager.streams.getMessage(stream, { last_by_subj: subject(clockKey) });
      if (!message) throw new StoreError('damaged', 'what was just written to the store is not there');
      return message.time.getTime();
    }, until);
  }

  #subject(hash: string): string {
    if (/^[0-9a-f]{64}$/.test(hash)) return this.#bucket.subject(hash);
    throw new StoreError('unsuitable', `"${hash}" cannot name an object`);
  }

  /** From any server of a cluster; where none answers soon, from the leader, who also says that there is no bucket. */
  async #read(hash: string): Promise<Uint8Array | undefined> {
    const subject = this.#subject(hash);
    return this.#session.run(async (link) => {
      try {
        const { data, headers } = await ask(link, `$JS.API.DIRECT.GET.${this.#bucket.stream}.${subject}`, {
          ms: directMs,
        });
        if (!headers || headers.code === 0) return data;
        if (headers.code === 404) return undefined;
        throw new Refusal(headers.code, headers.description);
      } catch (error) {
        if (!(error instanceof Error && error.name === 'TimeoutError')) throw error;
        return this.#askLeader(link, hash);
      }
    });
  }

  async #askLeader({ manager }: Link, hash: string): Promise<Uint8Array | undefined> {
    return (await manager.streams.getMessage(this.#bucket.stream, { last_by_subj: this.#subject(hash) }))?.data;
  }

  /** Without headers: an object may be as large as a message. Without an id: one that was swept must not be taken for known. */
  async #write(hash: string, bytes: Uint8Array): Promise<void> {
    const subject = this.#subject(hash);
    await this.#session.run(async (link) => {
      const most = link.connection.info?.max_payload ?? Number.POSITIVE_INFINITY;
      if (bytes.length > most)
        throw new StoreError(
          'unsuitable',
          `the server takes messages of ${most} bytes and an object has ${bytes.length}: set max_payload to 1MB or more`,
        );
      readAck(await ask(link, subject, { payload: bytes }));
    });
  }

  /** Whether the message was still there, and so not wanted since. */
  #remove(seq: number): Promise<boolean> {
    const { stream } = this.#bucket;
    return this.#session.run(async ({ manager }) => {
      try {
        return await manager.streams.deleteMessage(stream, seq, false);
      } catch (error) {
        // The server has one answer for a message that is gone and for one that it cannot remove.
        if (refusalOf(error) && (await manager.streams.getMessage(stream, { seq })) === null) return false;
        throw error;
      }
    });
  }

  /** Messages from a number on, without their content. */
  async #list(link: Link, from: number): Promise<Page> {
    const { manager, client, connection } = link;
    const { stream } = this.#bucket;
    const { AckPolicy, DeliverPolicy, ReplayPolicy } = client.jetstream;
    const consumer = await manager.consumers.add(stream, {
      ack_policy: AckPolicy.None,
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: from,
      replay_policy: ReplayPolicy.Instant,
      headers_only: true,
      mem_storage: true,
      num_replicas: 1,
      inactive_threshold: client.transport.nanos(10 * pageMs),
    });
    const messages: Listed[] = [];
    let pending = consumer.num_pending;
    let next = from;
    if (pending > 0) {
      const pull = client.jetstream.jetstream(connection).consumers;
      const incoming = await (await pull.get(stream, consumer.name)).fetch({ max_messages: pageSize, expires: pageMs });
      for await (const { subject, seq, time, headers, info } of incoming) {
        messages.push({
          key: this.#bucket.keyOf(subject),
          seq,
          time: time.getTime(),
          size: Number(headers?.get('Nats-Msg-Size') ?? 0),
        });
        next = seq + 1;
        pending = info.pending;
        if (pending === 0) break;
      }
    }
    await manager.consumers.delete(stream, consumer.name).catch(() => {});
    if (messages.length === 0 && pending > 0) throw new TooLate();
    return { messages: messages.filter(({ key }) => key !== clockKey), next, isLast: pending === 0 };
  }
}

interface Listed {
  key: string;
  seq: number;
  /** Milliseconds on the server's clock. */
  time: number;
  size: number;
}

interface Page {
  messages: Listed[];
  /** Where the next page begins. */
  next: number;
  isLast: boolean;
}

/** The number of the message that was stored. @throws Refusal when it was not. */
export function readAck({ data }: { data: Uint8Array }): number {
  const { seq, error } = JSON.parse(Buffer.from(data).toString()) as {
    seq?: number;
    error?: { err_code?: number; description?: string };
  };
  if (error) throw new Refusal(error.err_code ?? 0, error.description ?? '');
  return seq ?? 0;
}
