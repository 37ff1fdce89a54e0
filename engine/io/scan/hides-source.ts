import { readlinkSync } from 'node:fs';
import { posix } from 'node:path';
import { readBlobs } from '../read-blobs.ts';
import type { DifferingFile } from './differing-files.ts';

/**
 * Whether a change puts something where product source is looked for through which nobody looks: a link to where none is looked for, or
 * a repository of its own. `isSource` answers for paths from the top; a link between two places of source hides nothing.
 */
export async function hidesSource(
  top: string,
  { after, before }: DifferingFile,
  isSource: (path: string) => boolean,
): Promise<boolean> {
  const path = after.path.toString('utf8');
  if (after.is === 'file' || !isSource(path)) return false;
  if (after.is !== 'symbolic link') return before === undefined;
  const target = posix.join(posix.dirname(path), await targetOf(top, after));
  return target.startsWith('../') || !isSource(target) || !isSource(`${target}/source`);
}

async function targetOf(top: string, { path, oid }: DifferingFile['after']): Promise<string> {
  if (oid) return absolute(Buffer.from((await readBlobs(top, [oid]))[0] ?? []).toString('utf8'));
  try {
    return absolute(readlinkSync(Buffer.concat([Buffer.from(`${top}/`), path]), 'utf8'));
  } catch {
    return '..';
  }
}

/** An absolute target leads out of the repository, on every machine but one. */
const absolute = (target: string): string => (posix.isAbsolute(target) ? '../'.repeat(100) : target);
