import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { removeDrafts } from './remove-drafts.ts';

export interface TableLimits {
  files: number;
  bytes: number;
}

/**
 * Keeps a folder of tables, the files named `*.table` in it, below these limits: those opened or written last stay. Who has one open that
 * is removed goes on reading it. A folder that is not there is one without tables.
 */
export function trimTables(folder: string, { files, bytes }: TableLimits): void {
  const found = tablesIn(folder).sort((a, b) => b.used - a.used);
  let left = bytes;
  found.forEach(({ path, size }, index) => {
    left -= size;
    if (index >= files || left < 0) rmSync(path, { force: true });
  });
}

function tablesIn(folder: string): { path: string; size: number; used: number }[] {
  try {
    removeDrafts(folder);
    return readdirSync(folder)
      .filter((name) => name.endsWith('.table'))
      .flatMap((name) => {
        const path = join(folder, name);
        const state = lstatSync(path, { throwIfNoEntry: false });
        return state?.isFile() ? [{ path, size: state.size, used: state.mtimeMs }] : [];
      });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
