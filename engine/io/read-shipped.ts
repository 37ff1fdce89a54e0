import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TextFile } from '../init/company-files.ts';

/** What of the package a company's repository begins with; the rest of it is read from `node_modules`. */
const shipped = ['templates', '.vscode', '.github', 'customers/README.md', 'plans/README.md', 'policies/README.md'];

/** Every file that the package ships for a new repository, by its path in the package. */
export function readShipped(): TextFile[] {
  const root = packageRoot();
  return shipped
    .flatMap((path) => (existsSync(join(root, path)) ? filesBelow(root, path) : []))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

const filesBelow = (root: string, path: string): string[] =>
  statSync(join(root, path)).isDirectory()
    ? readdirSync(join(root, path)).flatMap((name) => filesBelow(root, `${path}/${name}`))
    : [path];

/** Compiled, this file is one folder deeper than in the source. */
function packageRoot(): string {
  const [source, compiled] = ['../../', '../../../'].map((up) => fileURLToPath(new URL(up, import.meta.url)));
  return (existsSync(join(source as string, 'templates')) ? source : compiled) as string;
}
