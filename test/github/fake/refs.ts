import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gitAt } from './objects.ts';

/*
 * Branches lie in files of their own, where git looks first: they are read and written without the time it takes to start git.
 */

/** A bare repository without commits, whose branch is to be `main`; any commit may be asked of it. */
export function makeBare(git: string): void {
  for (const folder of ['objects', 'refs']) mkdirSync(join(git, folder), { recursive: true });
  writeFileSync(join(git, 'HEAD'), 'ref: refs/heads/main\n');
  const core = '[core]\n\trepositoryformatversion = 0\n\tbare = true\n';
  writeFileSync(join(git, 'config'), `${core}[uploadpack]\n\tallowAnySHA1InWant = true\n`);
}

/** The commit that a ref such as `refs/heads/main` stands for. */
export function readRef(git: string, ref: string): string | undefined {
  const path = join(git, ref);
  if (existsSync(path)) return readFileSync(path, 'utf8').trim();
  if (!existsSync(join(git, 'packed-refs'))) return undefined;
  return gitAt(git, 'for-each-ref', '--format=%(objectname)', ref) || undefined;
}

export function writeRef(git: string, ref: string, commit: string): void {
  mkdirSync(dirname(join(git, ref)), { recursive: true });
  writeFileSync(join(git, ref), `${commit}\n`);
}
