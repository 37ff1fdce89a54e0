import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));

/** What `package.json` says that npm goes by. */
export interface Manifest {
  version: string;
  type: string;
  sideEffects: unknown;
  bin: Readonly<Record<string, string>>;
  exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  scripts: Readonly<Record<string, string>>;
  dependencies: Readonly<Record<string, string>>;
  peerDependencies: Readonly<Record<string, string>>;
  peerDependenciesMeta: Readonly<Record<string, { optional?: boolean }>>;
  publishConfig: Readonly<Record<string, unknown>>;
}

/**
 * Packs this project as npm would publish it and installs the tarball into a folder, as npm does: its files, and its programs
 * in `.bin`. Nothing else is in `node_modules` but the packages named in `beside`, which are taken from this project.
 */
export function installPackage(folder: string, beside: readonly string[] = []): string {
  const modules = join(folder, 'node_modules');
  const installed = join(modules, 'proviso');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  mkdirSync(installed);
  const packing = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
  const tarball = execFileSync('npm', packing, { cwd: project, encoding: 'utf8' }).trim();
  execFileSync('tar', ['-xzf', join(folder, tarball), '--strip-components=1', '-C', installed]);
  for (const [name, file] of Object.entries(manifestIn(installed).bin)) {
    chmodSync(join(installed, file), 0o755);
    symlinkSync(join('..', 'proviso', file), join(modules, '.bin', name));
  }
  for (const name of beside) {
    mkdirSync(join(modules, name, '..'), { recursive: true });
    symlinkSync(join(project, 'node_modules', name), join(modules, name));
  }
  return installed;
}

/** The packages that npm installs with this one. */
export const dependencies = (): string[] => Object.keys(manifestIn(project).dependencies);

export const manifestIn = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
