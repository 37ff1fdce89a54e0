/** What is counted under one name. Instants are milliseconds since 1970. */
export interface Slot {
  /** Unlike that of any other; at most some 200 characters that are safe everywhere. */
  key: string;
  /** The end of its window; undefined where it never starts again. */
  ends: number | undefined;
  now: number;
}

export interface Count {
  /** Counted so far, with what was taken. */
  used: number;
  isTaken: boolean;
}

/** Where use is counted, in whole numbers. Every method throws what the store throws. */
export interface Counter {
  /** Where it is, as it may be said: without user and password. */
  place: string;
  /** Why it cannot be reached at the moment, where its connection says so beside the answers. */
  trouble?(): unknown;
  /**
   * Adds `n`, all or nothing: not where that leads above `most`. Many processes at once never lead above it, and one that
   * is refused leaves nothing behind, also where it dies.
   */
  take(slot: Slot, n: number, most: number): Promise<Count>;
  /** Takes `n` back, never below zero, and says what is left. */
  giveBack(slot: Slot, n: number): Promise<number>;
  read(slot: Slot): Promise<number>;
  close(): Promise<void>;
}

/** A window that is over is kept so long, for processes whose clocks are behind; in milliseconds. */
export const keptAfterEnd = 3_600_000;

/** Whole seconds a count is kept from now on; undefined: for good. */
export const secondsKept = ({ ends, now }: Slot): number | undefined =>
  ends === undefined ? undefined : Math.ceil((ends + keptAfterEnd - now) / 1000);
