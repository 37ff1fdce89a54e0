import type { DoctorRule } from '../rule.ts';
import { judgeSettings } from '../settings-page.ts';

export const actionsSettings: DoctorRule = {
  name: 'actions-settings',
  severity: 'error',
  fix: 'turn off “Allow GitHub Actions to create and approve pull requests”, and let an app open them where that is needed',
  why: 'a workflow could give the review that a person has to give',
  *find(setup) {
    yield* judgeSettings(
      setup,
      { of: ({ actions }) => actions, page: 'actions', what: 'what workflows may do by default' },
      function* ({ defaultToken, mayApprovePullRequests }, at) {
        if (mayApprovePullRequests) yield { message: 'workflows may approve pull requests', at };
        if (defaultToken === 'write')
          yield {
            message: 'a workflow that says nothing may write the repository',
            at,
            severity: 'warning',
            fix: 'choose “Read repository contents and packages permissions”',
          };
      },
    );
  },
};
