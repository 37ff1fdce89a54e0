import type { Signer } from '../../runtime/snapshot/envelope.ts';
import type { Keyset } from '../../runtime/snapshot/keyset.ts';

/** How heads of a place are signed. */
export interface Signing {
  /** Every keyset of the repository, oldest first: version 1, 2, 3 …; the last is in force. */
  keysets: readonly Keyset[];
  /** Holders of head keys of the last one. None: heads can be read and not written. */
  signers: readonly Signer[];
}
