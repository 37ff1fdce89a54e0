import type { Head } from '../../runtime/snapshot/head.ts';

/** Remembers, outside of the store, the newest head that came into force; a store that loses heads is found out by it. */
export interface Witness {
  /** The envelopes it remembers, from whomever they came; none before the first. There may be two where a copy lags behind. */
  read(): Promise<readonly Uint8Array[]>;
  /**
   * Remembers a head, unless it knows a later one that is ours.
   *
   * @returns in words why it could not be remembered; undefined where it was.
   */
  remember(envelope: Uint8Array, head: Head, isOurs: (envelope: Uint8Array) => boolean): Promise<string | undefined>;
}
