import { actionName, everyStep } from '../job-facts.ts';
import type { DoctorRule } from '../rule.ts';
import { placeOf, textOf } from '../workflow.ts';

export const persistedCredentials: DoctorRule = {
  name: 'persisted-credentials',
  severity: 'error',
  fix: 'write `persist-credentials: false` under `with:`, and pass a token only to the step that pushes',
  why: 'the token would lie in .git/config, where every later step and every package reads it',
  *find(setup) {
    for (const { step } of everyStep(setup))
      if (actionName(step) === 'actions/checkout' && textOf(step.with['persist-credentials']).toLowerCase() !== 'false')
        yield {
          message: 'checkout leaves its token behind',
          at: placeOf(step, 'persist-credentials' in step.with ? ['with', 'persist-credentials'] : ['uses']),
        };
  },
};
