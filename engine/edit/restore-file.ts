import { type Edit, editFile } from './edit-file.ts';
import type { Splice } from './splice.ts';

/**
 * A file as it was, in the place of what it is now; without `now` a file that is gone. `account`: whom the file named by
 * its own name then, where that name is another now.
 * Throws `UsageError` where the account has no place in it.
 */
export function restoreFile(path: string, then: Uint8Array, now?: Uint8Array, account?: string): Edit {
  const text = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const after =
    account === undefined ? text(then) : editFile(path, then, [{ set: [], values: { account }, after: 'name' }]).after;
  if (now === undefined) return { path, after, splices: [] };
  const before = text(now);
  return { path, before, after, splices: before === after ? [] : [betweenEqualLines(before, after)] };
}

/** What differs as one replacement of whole lines. */
function betweenEqualLines(before: string, after: string): Splice {
  const [old, next] = [linesOf(before), linesOf(after)];
  const most = Math.min(old.length, next.length);
  let head = 0;
  while (head < most && old[head] === next[head]) head += 1;
  let tail = 0;
  while (tail < most - head && old.at(-1 - tail) === next.at(-1 - tail)) tail += 1;
  const start = old.slice(0, head).join('').length;
  const end = before.length - old.slice(old.length - tail).join('').length;
  return { start, end, insert: next.slice(head, next.length - tail).join('') };
}

/** With their ends. */
const linesOf = (text: string): string[] => text.split(/(?<=\n)/);
