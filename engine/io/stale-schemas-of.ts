import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Diagnostic } from '../diagnostic.ts';
import { staleSchemas } from './generated-schemas.ts';
import { readBlobs } from './read-blobs.ts';
import { rememberedAs } from './remembered.ts';
import { listTree, type TreeEntry } from './trees.ts';

/**
 * Evaluates the settings of a commit, apart from the working tree, and reports what it holds that was not generated
 * from them. A commit without `schemas/settings.ts` has nothing to compare. The same files that this `version` found in step
 * last time are not evaluated again.
 */
export async function staleSchemasOf(root: string, commit: string, version: string): Promise<Diagnostic[]> {
  const files = (await listTree(root, commit, ['schemas'])).filter(({ mode }) => mode.startsWith('100'));
  if (!files.some(({ path }) => path === 'schemas/settings.ts')) return [];
  const inStep = await rememberedAs(root, 'schemas-in-step');
  const known = { version, files: files.map(({ path, oid }) => `${oid} ${path}`) };
  if (inStep.is(known)) return [];
  const stale = await evaluate(root, files);
  if (stale.length === 0) inStep.remember(known);
  return stale;
}

/** The code of a commit sees nothing but what lies in its `schemas`. */
async function evaluate(root: string, files: readonly TreeEntry[]): Promise<Diagnostic[]> {
  const blobs = await readBlobs(
    root,
    files.map(({ oid }) => oid),
  );
  const folder = mkdtempSync(join(tmpdir(), 'proviso-schemas-'));
  try {
    files.forEach(({ path }, index) => {
      const target = join(folder, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, blobs[index] as Uint8Array);
    });
    return await staleSchemas(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
