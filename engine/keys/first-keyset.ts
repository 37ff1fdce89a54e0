import { type Keyset, signKeyset } from '../../runtime/snapshot/keyset.ts';
import { type HeldKey, publicKeysOf } from './key-change.ts';

/** The keyset a repository begins with, signed by all of its root keys. */
export const firstKeyset = (
  repo: string,
  roots: readonly HeldKey[],
  threshold: number,
  heads: readonly HeldKey[],
  expires: string,
): Promise<Keyset> =>
  signKeyset(
    {
      v: 1,
      repo,
      version: 1,
      prev: null,
      expires,
      rootKeys: publicKeysOf(roots),
      rootThreshold: threshold,
      headKeys: publicKeysOf(heads),
    },
    roots,
  );
