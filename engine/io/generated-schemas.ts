import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Diagnostic } from '../diagnostic.ts';
import { topOf } from '../diagnostic.ts';
import type { GeneratedFile } from '../schemas/generate-schemas.ts';
import { evaluateSettings } from './evaluate-settings.ts';

/** Evaluates the catalogue of a repository and writes what is derived from it. `written`: the files that changed, relative to the root. */
export async function writeSchemas(
  root: string,
): Promise<{ written: string[]; files: string[]; diagnostics: Diagnostic[] }> {
  const { files, diagnostics } = await generate(root);
  const stale = files.filter((file) => !isCurrent(root, file));
  for (const { path, text } of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { written: stale.map(({ path }) => path), files: files.map(({ path }) => path), diagnostics };
}

/** An error for every generated file that is not what the catalogue says now; problems of the catalogue itself as they are. */
export async function staleSchemas(root: string): Promise<Diagnostic[]> {
  const { files, diagnostics } = await generate(root);
  const stale = files.filter((file) => !isCurrent(root, file));
  return [...diagnostics, ...stale.map(({ path }) => staleAt(path))];
}

async function generate(root: string): Promise<{ files: GeneratedFile[]; diagnostics: Diagnostic[] }> {
  const { settings, diagnostics } = await evaluateSettings(root);
  if (!settings) return { files: [], diagnostics };
  const { generateSchemas } = await import('../schemas/generate-schemas.ts');
  return { files: generateSchemas(settings), diagnostics };
}

/** A checkout may have its lines end as on Windows (`core.autocrlf`); to write them anew would leave nothing to commit. */
function isCurrent(root: string, { path, text }: GeneratedFile): boolean {
  try {
    return readFileSync(join(root, path), 'utf8').replaceAll('\r\n', '\n') === text;
  } catch {
    return false;
  }
}

const staleAt = (path: string): Diagnostic => ({
  rule: 'stale-schema',
  severity: 'error',
  message: `${path} is stale: it is not what schemas/settings.ts says now`,
  at: topOf(path),
  help: 'run `proviso schemas`, and commit what it writes',
});
