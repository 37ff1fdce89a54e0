import type { Settings } from '../../schemas/setting.ts';
import type { Claims } from '../register/claims.ts';
import { collectRows } from '../register/collect-rows.ts';
import { readBlobs } from './read-blobs.ts';
import { writeRow } from './table/row-text.ts';
import type { TreeEntry } from './trees.ts';

/** What some of the files say, one after the other by their paths. */
export interface RegisterPart {
  /** Rows as they are written into a table, sorted. */
  lines: string[];
  claims: Claims;
}

/** Files read at a time. */
const AT_ONCE = 2_000;

/** Goes through some customers, of whom no more than a few are held at a time. `onRead` is told how many more were read. */
export async function readRegisterPart(
  root: string,
  settings: Settings,
  wanted: readonly TreeEntry[],
  onRead: (files: number) => void,
): Promise<RegisterPart> {
  const lines: string[] = [];
  const collector = collectRows(settings, (row) => lines.push(writeRow(row)));
  for (let start = 0; start < wanted.length; start += AT_ONCE) {
    const part = wanted.slice(start, start + AT_ONCE);
    const bytes = await readBlobs(
      root,
      part.map(({ oid }) => oid),
    );
    collector.add(part.map(({ path, oid }, index) => ({ path, oid, bytes: bytes[index] ?? new Uint8Array() })));
    onRead(part.length);
  }
  return { lines: lines.sort(), claims: collector.end() };
}
