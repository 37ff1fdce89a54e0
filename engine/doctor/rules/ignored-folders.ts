import { topOf } from '../../diagnostic.ts';
import { pathPattern } from '../path-pattern.ts';
import type { DoctorRule } from '../rule.ts';
import type { Setup } from '../setup.ts';
import { linesOf } from '../text-lines.ts';

/** The last line that matches decides, as git reads it. */
function isIgnored(path: string, { files, folder }: Setup): boolean {
  let ignored = false;
  for (const home of new Set(['', folder])) {
    const file = files.get(`${home}.gitignore`);
    for (const { text } of file ? linesOf(file) : []) {
      const line = text.trimEnd();
      if (line === '' || line.startsWith('#')) continue;
      const isTaken = line.startsWith('!');
      if (pathPattern(isTaken ? line.slice(1) : line)(path.slice(home.length))) ignored = !isTaken;
    }
  }
  return ignored;
}

export const ignoredFolders: DoctorRule = {
  name: 'ignored-folders',
  severity: 'warning',
  fix: 'add it to .gitignore',
  why: '`git add --all` would commit it',
  *find(setup) {
    const { files, folder, git } = setup;
    const names = ['.proviso', ...(files.has(`${folder}package.json`) ? ['node_modules'] : [])];
    for (const name of names) {
      const path = `${folder}${name}/`;
      const held = [...git.tracked].find((one) => one.startsWith(path) && one !== `${path}.gitignore`);
      if (held !== undefined)
        yield {
          message: `${name}/ is committed`,
          at: topOf(`${name}/`),
          severity: 'error',
          fix: `git rm -r --cached ${name}`,
        };
      else if (!isIgnored(`${path}any`, setup)) yield { message: `${name}/ is not ignored`, at: topOf('.gitignore') };
    }
  },
};
