import { UsageError } from '../usage-error.ts';
import { readObjects } from './read-objects.ts';
import { runGitNow } from './run-git.ts';
import { type GitObject, splitObjects } from './split-objects.ts';

/**
 * The bytes of git blobs in the order asked for. A blob above `READ_AT_MOST` is cut there. Throws `UsageError` for an object this
 * clone does not have.
 */
export async function readBlobs(root: string, oids: readonly string[]): Promise<Uint8Array[]> {
  return (await readObjects(root, oids)).map((found, index) => bytesOf(found, oids[index]));
}

/** The same while everything else waits, for what cannot be known before and is asked in the midst of something. */
export function readBlobsNow(root: string, oids: readonly string[]): Uint8Array[] {
  if (oids.length === 0) return [];
  const found: (GitObject | undefined)[] = [];
  splitObjects((object) => found.push(object))(runGitNow(root, ['cat-file', '--batch', '--buffer'], asked(oids)));
  return oids.map((oid, index) => bytesOf(found[index], oid));
}

const asked = (oids: readonly string[]): string => `${oids.join('\n')}\n`;

function bytesOf(found: GitObject | undefined, oid: string | undefined): Uint8Array {
  if (found?.type === 'blob') return found.bytes;
  throw new UsageError(
    `git does not have the file ${oid}`,
    'the clone may be partial: git fetch --refetch, or clone again',
  );
}
