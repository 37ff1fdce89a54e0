import type { Head } from '../../runtime/snapshot/head.ts';

/** Remembers, outside of the store, the newest head that came into force; a store that loses heads is found out by it. */
export interface Witness {
  /** The envelope it remembers, from whomever it came; undefined before the first. */
  read(): Promise<Uint8Array | undefined>;
  /** @returns in words why it could not be remembered; undefined where it was. */
  remember(envelope: Uint8Array, head: Head): Promise<string | undefined>;
}
