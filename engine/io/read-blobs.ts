import { UsageError } from '../usage-error.ts';
import { READ_AT_MOST } from './rooms.ts';
import { gitFailure, runGitNow, streamGit } from './run-git.ts';

const NEWLINE = 10;

/**
 * The bytes of git blobs in the order asked for, through one `git cat-file` process.
 * A blob above `READ_AT_MOST` is cut there. Throws `UsageError` for an object this clone does not have.
 */
export async function readBlobs(root: string, oids: readonly string[]): Promise<Uint8Array[]> {
  if (oids.length === 0) return [];
  const blobs: Uint8Array[] = [];
  const ended = await streamGit(root, BATCH, splitBatch(blobs), asked(oids));
  if (ended.code !== 0) throw gitFailure(root, BATCH, ended.stderr);
  return complete(blobs, oids);
}

/** The same while everything else waits. */
export function readBlobsNow(root: string, oids: readonly string[]): Uint8Array[] {
  if (oids.length === 0) return [];
  const blobs: Uint8Array[] = [];
  splitBatch(blobs)(runGitNow(root, BATCH, asked(oids)));
  return complete(blobs, oids);
}

const BATCH = ['cat-file', '--batch', '--buffer'];

const asked = (oids: readonly string[]): string => `${oids.join('\n')}\n`;

function complete(blobs: Uint8Array[], oids: readonly string[]): Uint8Array[] {
  if (blobs.length !== oids.length) throw new UsageError(`git gave ${blobs.length} of ${oids.length} files`);
  return blobs;
}

/** Takes `<oid> blob <size>\n<bytes>\n…` in chunks of any size and puts each blob's bytes into `into`. */
function splitBatch(into: Uint8Array[]): (chunk: Buffer) => void {
  let header = '';
  /** Bytes of the current blob still to come with the newline after it; -1 while reading a header. */
  let left = -1;
  let size = 0;
  let parts: Buffer[] = [];
  return (chunk) => {
    let position = 0;
    while (position < chunk.length) {
      if (left < 0) {
        const end = chunk.indexOf(NEWLINE, position);
        header += chunk.toString('latin1', position, end < 0 ? chunk.length : end);
        if (end < 0) return;
        position = end + 1;
        size = sizeOf(header);
        header = '';
        left = size + 1;
      } else {
        const taken = Math.min(left, chunk.length - position);
        const have = size + 1 - left;
        const wanted = Math.min(taken, Math.min(size, READ_AT_MOST) - have);
        if (wanted > 0) parts.push(chunk.subarray(position, position + wanted));
        position += taken;
        left -= taken;
        if (left > 0) return;
        into.push(parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts));
        parts = [];
        left = -1;
      }
    }
  };
}

function sizeOf(header: string): number {
  const [oid, type, size] = header.split(' ');
  if (type === 'blob' && size !== undefined) return Number(size);
  throw new UsageError(
    `git does not have the file ${oid}`,
    'the clone may be partial: git fetch --refetch, or clone again',
  );
}
