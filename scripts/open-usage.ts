import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readUsage } from '../engine/simulate/read-usage.ts';
import type { Usage } from '../engine/simulate/simulation.ts';
import { UsageError } from '../engine/usage-error.ts';
import type { Settings } from '../schemas/setting.ts';

/** How much a customer uses by the file that was named, seen from the root; nothing where none was. Throws `UsageError`. */
export function openUsage(
  root: string,
  path: string | undefined,
  settings: Settings,
  of: 'one' | 'many',
): (customer: string) => Usage | undefined {
  if (path === undefined) return () => undefined;
  let text: string;
  try {
    text = readFileSync(resolve(root, path), 'utf8');
  } catch {
    throw new UsageError(
      `the usage file ${path} cannot be read`,
      'name a JSON file, seen from the repository of terms',
    );
  }
  return readUsage(text, path, settings, of);
}
