import type { DoctorRule } from '../rule.ts';
import { judgeSettings } from '../settings-page.ts';

export const mergeMethods: DoctorRule = {
  name: 'merge-methods',
  severity: 'error',
  fix: 'allow merge commits or squash merging only',
  why: 'a rebase puts commits on the branch that no pull request names, and publishing stops at the first of them',
  *find(setup) {
    yield* judgeSettings(
      setup,
      { of: (settings) => settings.mergeMethods, page: '', what: 'how pull requests may be merged' },
      function* ({ rebase }, at) {
        if (rebase) yield { message: 'pull requests may be merged by rebase', at };
      },
    );
  },
};
