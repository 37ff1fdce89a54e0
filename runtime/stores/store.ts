/*
 * What Proviso needs of a place that keeps releases. Objects are immutable and named by their sha256; the head of an
 * environment and channel is the only thing that changes, and only by compare-and-set. A driver moves bytes: it
 * neither parses nor trusts them, the reader verifies every one.
 */

/** A head and the driver's token for the state it was read in. */
export interface HeadAt {
  envelope: Uint8Array;
  token: string;
}

/**
 * `news`: hashes of objects that whoever has the head before is about to look at, where the store passed them on. Anybody may
 * have made them up: they are worth reading ahead, and nothing else.
 */
export type OnHint = (news?: readonly string[]) => void;

export interface ReadStore {
  /** The bytes of objects by hash, unverified; what is not there is absent from the answer. */
  get(hashes: readonly string[]): Promise<Map<string, Uint8Array>>;
  /** The newest head, or undefined before the first publish. */
  getHead(env: string, channel: string): Promise<HeadAt | undefined>;
  /** `getHead` and `get` in one go, where that costs less than both. */
  look?(
    env: string,
    channel: string,
    hashes: readonly string[],
  ): Promise<{ head: HeadAt | undefined; objects: Map<string, Uint8Array> }>;
  /** Calls back when the head may have moved, as a hint only: read it. Returns what stops it. */
  watch?(env: string, channel: string, onHint: OnHint): () => void;
  /** What the clients of an environment say of themselves; who may only read releases cannot report. */
  reports?: ClientReports;
  close(): Promise<void>;
}

/**
 * One small text a client, the last one it sent. Anybody who may report can write anything under any name: nothing but what
 * people look at may depend on it.
 */
export interface ClientReports {
  /** Puts at most `maxReportBytes` bytes in place of what the client said before, for so many milliseconds, at most two days. */
  put(env: string, client: string, bytes: Uint8Array, keepForMs: number): Promise<void>;
  /** Forgets what a client said. */
  remove(env: string, client: string): Promise<void>;
  /** At most `maxReports`, in no order. One that is larger than it may be comes without bytes. */
  list(env: string): AsyncIterable<Uint8Array>;
}

/** An environment and a channel of it that a store holds heads of. */
export interface StorePlace {
  env: string;
  channel: string;
}

/** `unknown`: the store may or may not have taken it; read the head to find out. */
export type Swap = 'ok' | 'conflict' | 'unknown';

/** How many objects, and their bytes altogether. */
export interface Tally {
  objects: number;
  bytes: number;
}

export interface WriteStore extends ReadStore {
  /** Those of the hashes that are stored; from now on `sweep` treats them as just written. */
  has(hashes: Iterable<string>): Promise<Set<string>>;
  /** Stores objects; when it resolves they survive a power cut. Storing one twice is harmless. */
  putAll(objects: ReadonlyMap<string, Uint8Array>): Promise<void>;
  /**
   * Makes `envelope` the head if the head is still the one `expected` was read with (null: there is none).
   * `ok` means durable, with every object stored before it. Every head that was ever in force is kept. `news` is passed on to
   * those who watch, by stores that can and where it is little.
   */
  casHead(
    env: string,
    channel: string,
    expected: string | null,
    envelope: Uint8Array,
    news?: readonly string[],
  ): Promise<Swap>;
  /** Every head that was in force, newest first, the current one included. */
  history(env: string, channel: string): AsyncIterable<Uint8Array>;
  /**
   * Every environment and channel with a head, whoever put it there, in no order: what they need must outlive a sweep.
   */
  places(): Promise<StorePlace[]>;
  /** Removes objects that are not in `keep` and were written, or found by `has`, before `olderThan`; tells how much went. */
  sweep(keep: ReadonlySet<string>, olderThan: Date): Promise<Tally>;
  /**
   * Makes what the store needs (tables, roles, buckets) where it is not there yet, and says how far its settings can be
   * trusted. Everything else works without it where nothing needs to be made.
   */
  init?(): Promise<StoreSetup>;
  /** Forgets every head of an environment that was for trying out. @throws StoreError (`unsuitable`) unless its name begins with `scratch-`. */
  dropScratch(env: string): Promise<void>;
}

/** What `init` made, in words, and what of the server's settings is not as releases need it. */
export interface StoreSetup {
  made: readonly string[];
  findings: readonly StoreFinding[];
}

/** `error`: acknowledged releases can be lost, or two publishers can both win; `warning`: readers and the next publish make up for it. */
export interface StoreFinding {
  severity: 'error' | 'warning';
  message: string;
  /** What to set, and where. */
  help: string;
}

export type StoreTrouble =
  /** Not permitted: folder permissions, credentials, a read-only disk. */
  | 'denied'
  /** No room left. */
  | 'full'
  /** This place cannot be a store: a network disk, a file instead of a folder, a bad name, an unknown kind of URL. */
  | 'unsuitable'
  /** What is stored cannot be read as it was written. */
  | 'damaged'
  /** Any other failure of the disk or the network; worth a retry. */
  | 'unavailable';

/** The store could not do what was asked; the message says what to do and holds no secret. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly trouble: StoreTrouble;

  constructor(trouble: StoreTrouble, message: string, options?: ErrorOptions) {
    super(message, options);
    this.trouble = trouble;
  }
}
