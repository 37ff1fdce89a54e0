import { chmodSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Edit } from '../edit/edit-file.ts';
import { UsageError } from '../usage-error.ts';

/**
 * Writes every edit beside its file and then moves each into its place, so that nobody reads half a file. Nothing is written when one of the
 * files is not what it was when the edit was made: somebody else has changed it meanwhile. Throws `UsageError` for that, and where
 * a folder cannot be written to.
 */
export function writeEdits(root: string, edits: readonly Edit[]): void {
  const ready: { from: string; to: string }[] = [];
  try {
    for (const edit of edits) ready.push(prepare(root, edit));
    for (const { from, to } of ready) renameSync(from, to);
  } catch (error) {
    for (const { from } of ready) rmSync(from, { force: true });
    throw error instanceof UsageError ? error : notWritten(error);
  }
}

function prepare(root: string, { path, before, after }: Edit): { from: string; to: string } {
  const to = join(root, path);
  mkdirSync(dirname(to), { recursive: true });
  const room = path.slice(0, path.indexOf('/'));
  const place = join(realpathSync(join(root, room)), dirname(path).slice(room.length));
  if (realpathSync(dirname(to)) !== place)
    throw new UsageError(`${dirname(path)} is a symbolic link, which is not read`, 'name a folder of the repository');
  const current = readIfThere(to);
  if (current !== before)
    throw new UsageError(`${path} was changed while the command was running; nothing was written`, 'run it again');
  // Names that begin with a dot are nobody's terms: a leftover of a power cut is not read.
  const from = join(dirname(to), `.${basename(to)}.${process.pid}.tmp`);
  writeFileSync(from, after, { flush: true });
  if (before !== undefined) chmodSync(from, statSync(to).mode);
  return { from, to };
}

function readIfThere(path: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(readFileSync(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

const notWritten = (error: unknown): UsageError =>
  new UsageError(
    `nothing could be written: ${error instanceof Error ? error.message : String(error)}`,
    'check the rights of the folder, and the space that is left',
  );
