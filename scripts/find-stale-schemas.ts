import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../engine/diagnostic.ts';
import { SETTINGS_FILE } from '../engine/schemas/files.ts';

/** What of `schemas/generated/` is not what the settings say now. A repository that has only the catalogue is not asked for its code. */
export async function findStaleSchemas(root: string): Promise<Diagnostic[]> {
  if (!existsSync(join(root, SETTINGS_FILE))) return [];
  const { staleSchemas } = await import('../engine/io/generated-schemas.ts');
  return staleSchemas(root);
}
