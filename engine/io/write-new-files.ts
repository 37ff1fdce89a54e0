import { lstatSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TextFile } from '../init/company-files.ts';
import { list } from '../report/list.ts';
import { UsageError } from '../usage-error.ts';

/**
 * Writes files that are not there yet, folders included: all of them, or none. Throws `UsageError` where something is in
 * the way, having changed nothing, and where they cannot be written, having taken back what was.
 */
export function writeNewFiles(root: string, files: readonly TextFile[]): void {
  const taken = [...new Set(files.flatMap(({ path }) => inTheWay(root, path) ?? []))];
  if (taken.length > 0)
    throw new UsageError(
      `nothing was written: ${list(taken, 8)} ${taken.length === 1 ? 'is' : 'are'} there already`,
      'begin in an empty folder, or move what is in the way',
    );
  const made: string[] = [];
  try {
    for (const { path, text } of files) {
      const target = join(root, path);
      const folder = mkdirSync(dirname(target), { recursive: true });
      if (folder !== undefined) made.push(folder);
      made.push(target);
      writeFileSync(target, text, { flag: 'wx' });
    }
  } catch (error) {
    for (const path of made.reverse()) rmSync(path, { recursive: true, force: true });
    throw new UsageError(
      `nothing was written: ${error instanceof Error ? error.message : String(error)}`,
      'check the rights of the folder, and the space that is left',
    );
  }
}

/** The file itself, or a file where one of its folders has to be. */
function inTheWay(root: string, path: string): string | undefined {
  const steps = path.split('/');
  for (let count = 1; count < steps.length; count++) {
    const folder = steps.slice(0, count).join('/');
    const found = lstatSync(join(root, folder), { throwIfNoEntry: false });
    if (!found) return undefined;
    if (!found.isDirectory()) return folder;
  }
  return lstatSync(join(root, path), { throwIfNoEntry: false }) && path;
}
