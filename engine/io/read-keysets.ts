import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkFollows, decodeKeyset, type Keyset, readPinned } from '../../runtime/snapshot/keyset.ts';
import { SnapshotError } from '../../runtime/snapshot/object.ts';
import { UsageError } from '../usage-error.ts';

/** The folder of a repository that holds its keysets, one file a version: `keys/1.json`. Public keys only. */
export const keysFolder = 'keys';

export const keysetPath = (version: number): string => `${keysFolder}/${version}.json`;

/**
 * Every keyset in the keys folder of a repository, oldest first; none where there is no such folder. Each follows from
 * the one before.
 *
 * @throws UsageError that names the file that is missing or wrong.
 */
export function readKeysets(root: string): Keyset[] {
  const folder = join(root, keysFolder);
  const versions = namesIn(folder)
    .flatMap((name) => /^([1-9]\d{0,8})\.json$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
  const keysets: Keyset[] = [];
  for (const version of versions) {
    const path = keysetPath(version);
    if (version !== keysets.length + 1)
      throw new UsageError(
        `${keysetPath(keysets.length + 1)} is missing, and ${path} is there`,
        'keep every keyset: readers follow them one by one',
      );
    keysets.push(readNext(join(root, path), path, keysets.at(-1)));
  }
  return keysets;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    throw new UsageError(
      `${keysFolder} cannot be read as a folder (${code})`,
      'it holds the public keys, a file a version',
    );
  }
}

function readNext(file: string, path: string, before: Keyset | undefined): Keyset {
  try {
    const envelope = readFileSync(file);
    if (!before) return checkVersion(readPinned(envelope));
    const next = decodeKeyset(envelope);
    checkFollows(before, next);
    return next;
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error;
    throw new UsageError(
      `${path} is not a keyset to trust: ${error.message}`,
      'bring back the file as `proviso keys` wrote it',
    );
  }
}

function checkVersion(keyset: Keyset): Keyset {
  if (keyset.payload.version === 1) return keyset;
  throw new SnapshotError('form', keyset.hash, `it is version ${keyset.payload.version}, and the first is 1`);
}
