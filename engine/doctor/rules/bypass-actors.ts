import type { DoctorRule } from '../rule.ts';
import { judgeSettings } from '../settings-page.ts';

export const bypassActors: DoctorRule = {
  name: 'bypass-actors',
  severity: 'error',
  fix: 'empty the bypass list, and let a break-glass record be the way in an emergency',
  why: 'a rule that some are let past protects against everybody but them and whoever takes their account',
  *find(setup) {
    yield* judgeSettings(
      setup,
      { of: ({ bypass }) => bypass, page: 'rules', what: 'who is let past the rules of the default branch' },
      function* (actors, at) {
        for (const actor of actors) yield { message: `${actor} is let past the rules of the default branch`, at };
      },
    );
  },
};
