import { READ_AT_MOST } from './rooms.ts';

export interface GitObject {
  /** git's id of it: forty hexadecimal digits, or sixty-four. */
  oid: string;
  type: 'blob' | 'tree' | 'commit' | 'tag';
  /** Of a file, no more than `READ_AT_MOST`. */
  bytes: Buffer;
}

const NEWLINE = 10;
const FOUND = /^([0-9a-f]{40,64}) (blob|tree|commit|tag) (\d+)$/;

/**
 * Takes what `git cat-file` writes, `<oid> <type> <size>\n<bytes>\n…` and `<name> missing\n`, in chunks of any size, and hands on each
 * object, or undefined where there is none. Throws an `Error` for what git does not write.
 */
export function splitObjects(take: (found: GitObject | undefined) => void): (chunk: Buffer) => void {
  let header = '';
  let found: Omit<GitObject, 'bytes'> | undefined;
  /** Bytes that are kept of the object, and those still to come with the newline after it. */
  let keep = 0;
  let left = 0;
  let parts: Buffer[] = [];
  return (chunk) => {
    let position = 0;
    while (position < chunk.length) {
      if (!found) {
        const end = chunk.indexOf(NEWLINE, position);
        header += chunk.toString('latin1', position, end < 0 ? chunk.length : end);
        if (end < 0) return;
        position = end + 1;
        const line = header;
        header = '';
        if (line.endsWith(' missing') || line.endsWith(' ambiguous')) {
          take(undefined);
          continue;
        }
        const [, oid, type, size] = FOUND.exec(line) ?? [];
        if (oid === undefined) throw new Error(`git cat-file wrote "${line.slice(0, 200)}"`);
        found = { oid, type: type as GitObject['type'] };
        left = Number(size) + 1;
        keep = found.type === 'blob' ? Math.min(Number(size), READ_AT_MOST) : Number(size);
        continue;
      }
      const taken = Math.min(left, chunk.length - position);
      const wanted = Math.min(taken, keep);
      if (wanted > 0) parts.push(chunk.subarray(position, position + wanted));
      keep -= wanted;
      position += taken;
      left -= taken;
      if (left > 0) return;
      take({ ...found, bytes: parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts) });
      parts = [];
      found = undefined;
    }
  };
}
