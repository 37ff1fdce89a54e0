import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TextFile } from '../init/company-files.ts';

/** What of the package a company's repository begins with; the rest of it is read from `node_modules`. */
const shipped = ['templates', '.vscode', '.github', 'customers/README.md', 'plans/README.md', 'policies/README.md'];

/** The package: two folders up from here in the source, and from `dist/scripts`, where the build puts this. */
const root = fileURLToPath(new URL('../../', import.meta.url));

/** Every file that the package ships for a new repository, by its path in the package. */
export function readShipped(): TextFile[] {
  return shipped
    .flatMap((path) => (existsSync(join(root, path)) ? filesBelow(root, path) : []))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

const filesBelow = (root: string, path: string): string[] =>
  statSync(join(root, path)).isDirectory()
    ? readdirSync(join(root, path)).flatMap((name) => filesBelow(root, `${path}/${name}`))
    : [path];
