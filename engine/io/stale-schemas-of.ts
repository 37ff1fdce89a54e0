import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Diagnostic } from '../diagnostic.ts';
import { staleSchemas } from './generated-schemas.ts';
import { readBlobs } from './read-blobs.ts';
import { listTree } from './trees.ts';

/**
 * Evaluates the settings of a commit, apart from the working tree, and reports what it holds that was not generated
 * from them. A commit without `schemas/settings.ts` has nothing to compare.
 */
export async function staleSchemasOf(root: string, commit: string): Promise<Diagnostic[]> {
  const files = (await listTree(root, commit, ['schemas'])).filter(({ mode }) => mode.startsWith('100'));
  if (!files.some(({ path }) => path === 'schemas/settings.ts')) return [];
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
