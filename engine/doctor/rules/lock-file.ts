import { topOf } from '../../diagnostic.ts';
import type { DoctorRule } from '../rule.ts';

const locks = ['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock'];

export const lockFile: DoctorRule = {
  name: 'lock-file',
  severity: 'error',
  fix: 'run `npm install --package-lock-only` and commit package-lock.json',
  why: 'each run would install whatever is newest that day',
  *find({ files, folder, git }) {
    const home = files.has(`${folder}package.json`) ? folder : '';
    const manifest = files.get(`${home}package.json`);
    if (manifest && !locks.some((name) => git.tracked.has(`${home}${name}`)))
      yield { message: 'the lock file is not committed', at: topOf(manifest.path) };
  },
};
