import { topOf } from '../../diagnostic.ts';
import type { DoctorRule } from '../rule.ts';

export const wholeClone: DoctorRule = {
  name: 'whole-clone',
  severity: 'note',
  fix: 'git fetch --unshallow',
  why: 'publishing verifies every commit since the last release, and this clone does not have them',
  *find({ git }) {
    if (git.isShallow) yield { message: 'this clone is shallow', at: topOf('.git') };
  },
};
