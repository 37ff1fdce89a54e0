import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the store lies in the repository's own `.proviso` folder, `git add --all` must not commit it. */
export function keepOutOfGit(root: string, storeUrl: string): void {
  const folder = join(root, '.proviso');
  if (!storeUrl.startsWith('file://') || !fileURLToPath(storeUrl).startsWith(`${folder}${sep}`)) return;
  const ignore = join(folder, '.gitignore');
  if (existsSync(ignore)) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(ignore, '*\n');
}
