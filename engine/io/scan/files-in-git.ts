import { readGit } from '../run-git.ts';
import { type Records, recordsOf } from './records-of.ts';

/** Something in a folder, by its path from there with `/`: bytes, because a name need not be UTF-8. */
export interface Entry {
  path: Buffer;
  is: 'file' | 'symbolic link' | 'submodule' | 'nested repository' | 'not a file' | 'unreadable';
}

const kinds: Readonly<Record<string, Entry['is']>> = { '120000': 'symbolic link', '160000': 'submodule' };

const SLASH = 47;
const TAB = 9;

/**
 * What git knows at or below a folder: its own files, also those it should ignore by now, and new ones it does not ignore.
 * In the order of the bytes of their paths, each once, as it comes from git.
 */
export async function* filesInGit(root: string): AsyncGenerator<Entry> {
  const tracked = recordsOf(readGit(root, ['ls-files', '-z', '--stage']));
  const others = recordsOf(readGit(root, ['ls-files', '-z', '--others', '--exclude-standard']));
  try {
    let known = await nextTracked(tracked);
    let other = await nextOther(others);
    let last: Buffer | undefined;
    while (known || other) {
      const isKnown = known !== undefined && (other === undefined || Buffer.compare(known.path, other.path) <= 0);
      const entry = isKnown ? known : other;
      if (isKnown) known = await nextTracked(tracked);
      else other = await nextOther(others);
      // A file in conflict is listed once for each side.
      if (entry && !(last && entry.path.equals(last))) yield entry;
      last = entry?.path;
    }
  } finally {
    await tracked.return(undefined);
    await others.return(undefined);
  }
}

async function nextTracked(records: Records): Promise<Entry | undefined> {
  const { value } = await records.next();
  if (!value) return undefined;
  const mode = value.toString('latin1', 0, 6);
  return { path: value.subarray(value.indexOf(TAB) + 1), is: kinds[mode] ?? 'file' };
}

async function nextOther(records: Records): Promise<Entry | undefined> {
  const { value } = await records.next();
  if (!value) return undefined;
  // git does not look into a repository inside this one, and says so by a slash at the end.
  return { path: value, is: value.at(-1) === SLASH ? 'nested repository' : 'file' };
}
