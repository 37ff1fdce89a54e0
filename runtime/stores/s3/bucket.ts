import type * as S3 from '@aws-sdk/client-s3';
import { absent } from '../../packages/optional-package.ts';
import { loadClient } from '../driver/load-client.ts';
import { StoreError } from '../store.ts';
import type { S3Address } from './s3-address.ts';
import { storeErrorOf } from './s3-trouble.ts';

/** How long it waits, in milliseconds. */
export interface Patience {
  /** For a request, its repetitions included. */
  request: number;
  /** For a head to be created, and for one attempt of that. */
  swap: number;
  attempt: number;
}

export const patient: Patience = { request: 10_000, swap: 6_000, attempt: 3_000 };

/** S3 removes, and lists, at most so many keys at once. */
const batchSize = 1_000;
const mostAttempts = 4;

export interface Found {
  bytes: Buffer;
  /** Who wrote it, where `create` did. */
  writer?: string;
}

export interface Listed {
  key: string;
  /** Bytes. */
  size: number;
  /** Milliseconds since 1970; the server cuts it to whole seconds. */
  modified: number;
  /** Changes with what is stored. */
  etag?: string;
}

export interface Doomed {
  key: string;
  /** Removed only if it still has this one. */
  etag?: string;
}

/**
 * The keys of one store below its prefix, which callers do not see. Every request has a deadline, repetitions included,
 * and fails with a StoreError; `create` is sent once and fails as it failed.
 */
export class Bucket {
  readonly sdk: typeof S3;
  readonly client: S3.S3Client;
  readonly patience: Patience;
  readonly #once: S3.S3Client;
  readonly #address: S3Address;

  constructor(sdk: typeof S3, address: S3Address, patience: Patience) {
    const { region, endpoint } = address;
    this.sdk = sdk;
    this.patience = patience;
    this.#address = address;
    const config: S3.S3ClientConfig = {
      ...(endpoint !== undefined && {
        endpoint,
        forcePathStyle: true,
        // Not every server knows Amazon's newer checksums; what is read is verified by its hash anyway.
        requestChecksumCalculation: 'WHEN_REQUIRED',
        responseChecksumValidation: 'WHEN_REQUIRED',
      }),
      ...((region ?? endpoint) !== undefined && { region: region ?? 'us-east-1' }),
    };
    this.client = new sdk.S3Client({
      ...config,
      maxAttempts: mostAttempts,
      requestHandler: { connectionTimeout: 3_000, socketTimeout: 5_000 },
    });
    const { requestHandler, credentials } = this.client.config;
    this.#once = new sdk.S3Client({ ...config, maxAttempts: 1, requestHandler, credentials });
  }

  get name(): string {
    return this.#address.bucket;
  }

  get prefix(): string {
    return this.#address.prefix;
  }

  keyOf = (key: string): { Bucket: string; Key: string } => ({ Bucket: this.name, Key: this.prefix + key });

  /** The bytes at a key, or undefined. @throws StoreError (`damaged`) above `limit` bytes. */
  async get(key: string, limit: number): Promise<Found | undefined> {
    return this.ask(async (abortSignal) => {
      for (let attempt = 1; ; attempt += 1)
        try {
          const request = new this.sdk.GetObjectCommand(this.keyOf(key));
          const { Body, Metadata } = await this.client.send(request, { abortSignal });
          const bytes = await readWhole(Body as AsyncIterable<Uint8Array> & Destroyable, key, limit, abortSignal);
          return { bytes, ...(Metadata?.writer !== undefined && { writer: Metadata.writer }) };
        } catch (error) {
          if ((error as Error).name === 'NoSuchKey') return undefined;
          // The client repeats a request that fails, but lets go of it where the bytes begin.
          const isCut = isCutOff(error) && !abortSignal.aborted;
          if (!isCut || attempt === mostAttempts) throw error;
        }
    });
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    await this.ask((abortSignal) =>
      this.client.send(new this.sdk.PutObjectCommand({ ...this.keyOf(key), Body: bytes }), { abortSignal }),
    );
  }

  /** Stores bytes where nothing is yet. @throws what the client throws, so that the caller can tell what it means. */
  async create(key: string, bytes: Uint8Array, writer: string, timeoutMs: number): Promise<void> {
    const request = { ...this.keyOf(key), Body: bytes, IfNoneMatch: '*', Metadata: { writer } };
    const abortSignal = AbortSignal.timeout(timeoutMs);
    await this.#once.send(new this.sdk.PutObjectCommand(request), { abortSignal });
  }

  /** What lies below a folder, a page at a time. */
  async *list(folder: string): AsyncGenerator<Listed[]> {
    let token: string | undefined;
    do {
      const ContinuationToken = token;
      const page = await this.ask((abortSignal) =>
        this.client.send(
          new this.sdk.ListObjectsV2Command({ Bucket: this.name, Prefix: this.prefix + folder, ContinuationToken }),
          { abortSignal },
        ),
      );
      yield (page.Contents ?? []).flatMap(({ Key = '', Size = 0, LastModified, ETag }) =>
        Key.startsWith(this.prefix) && LastModified
          ? [{ key: Key.slice(this.prefix.length), size: Size, modified: LastModified.getTime(), etag: ETag }]
          : [],
      );
      token = page.IsTruncated ? page.NextContinuationToken : undefined;
    } while (token !== undefined);
  }

  /** Removes keys and gives those that went; what has changed meanwhile stays. */
  async remove(doomed: readonly Doomed[]): Promise<Set<string>> {
    const removed = new Set<string>();
    for (let start = 0; start < doomed.length; start += batchSize) {
      const Objects = doomed
        .slice(start, start + batchSize)
        .map(({ key, etag }) => ({ Key: this.prefix + key, ETag: etag }));
      const { Deleted, Errors } = await this.ask((abortSignal) =>
        this.client.send(new this.sdk.DeleteObjectsCommand({ Bucket: this.name, Delete: { Objects } }), {
          abortSignal,
        }),
      );
      const refused = Errors?.find(({ Code = '' }) => !spared.has(Code));
      if (refused) throw storeErrorOf(asError(refused.Code), this.name);
      for (const { Key = '' } of Deleted ?? []) removed.add(Key.slice(this.prefix.length));
    }
    return removed;
  }

  /** Runs requests that may be repeated, within the deadline. */
  async ask<T>(request: (abortSignal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      return await request(this.inTime());
    } catch (error) {
      throw storeErrorOf(error, this.name);
    }
  }

  inTime = (): AbortSignal => AbortSignal.timeout(this.patience.request);

  close(): void {
    this.client.destroy();
    this.#once.destroy();
  }
}

/** Loads the client and opens a bucket; nothing is sent yet. */
export async function openBucket(address: S3Address, patience: Patience): Promise<Bucket> {
  const sdk = await loadClient('s3:', {
    install: '@aws-sdk/client-s3@3.1169.0',
    async load() {
      try {
        return await import('@aws-sdk/client-s3');
      } catch (error) {
        return absent(error);
      }
    },
    // Versions before leave out the condition of a write without a word, and then two publishers may both win.
    fits: (s3) => 'ChecksumType' in s3,
  });
  return new Bucket(sdk, address, patience);
}

/** It has changed, or somebody else removed it or is writing it: the next sweep looks again. */
const spared = new Set(['PreconditionFailed', 'NoSuchKey', 'ConditionalRequestConflict', 'OperationAborted']);

const asError = (code = 'Unknown'): unknown => ({
  name: code,
  $metadata: { httpStatusCode: code === 'AccessDenied' ? 403 : 500 },
});

const isCutOff = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ECONNRESET';

interface Destroyable {
  destroy(error?: Error): unknown;
}

/** The client lets go of a request when its head has arrived; that the rest arrives in time, and ends, is up to here. */
async function readWhole(
  body: AsyncIterable<Uint8Array> & Destroyable,
  key: string,
  limit: number,
  signal: AbortSignal,
): Promise<Buffer> {
  const giveUp = (): void => void body.destroy(signal.reason as Error);
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of body) {
      size += chunk.length;
      if (size > limit) throw new StoreError('damaged', `${key} has more than the ${limit} bytes that can be there`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, size);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
