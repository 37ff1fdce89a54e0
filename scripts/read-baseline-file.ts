import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileAtCommit } from '../engine/io/scan/file-at-commit.ts';
import { type Baseline, emptyBaseline } from '../engine/scan/living/baseline.ts';
import { type ReadBaseline, readBaseline } from '../engine/scan/living/baseline-file.ts';
import type { SourceFile } from '../engine/source-file.ts';
import { UsageError } from '../engine/usage-error.ts';

/**
 * The baseline of a scanned repository, by its path from the top. One that is not there is empty, unless it was named: then it throws
 * `UsageError`.
 */
export async function readBaselineFile(
  top: string,
  path: string,
  isNamed: boolean,
): Promise<ReadBaseline & { source?: SourceFile }> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(join(top, path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && !isNamed) return nothing;
    throw new UsageError(`the baseline ${path} cannot be read`, 'write it with --update-baseline');
  }
  return { ...readBaseline(new TextDecoder().decode(bytes), path), source: { path, bytes, oid: '' } };
}

const nothing: ReadBaseline = {
  baseline: emptyBaseline,
  placeOf: () => ({ path: '', start: { line: 1, column: 1 } }),
  diagnostics: [],
};

/** What it was in a commit; what could not be read there knows nothing. */
export async function readBaselineAt(top: string, commit: string, path: string): Promise<Baseline> {
  const bytes = await fileAtCommit(top, commit, path);
  return (bytes && readBaseline(new TextDecoder().decode(bytes), path).baseline) ?? emptyBaseline;
}
