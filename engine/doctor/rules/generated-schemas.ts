import { topOf } from '../../diagnostic.ts';
import type { DoctorRule } from '../rule.ts';

export const generatedSchemas: DoctorRule = {
  name: 'generated-schemas',
  severity: 'error',
  fix: 'run `proviso schemas` and commit what it writes',
  why: 'every command reads what was generated, and would judge by settings of yesterday',
  *find({ staleSchemas, git, folder }) {
    if (staleSchemas) for (const { message, at, severity } of staleSchemas) yield { message, at, severity };
    else if (git.tracked.has(`${folder}schemas/settings.ts`))
      yield {
        message: 'whether schemas/generated is current was not looked at',
        at: topOf('schemas/settings.ts'),
        severity: 'note',
        fix: 'run it without --no-code',
      };
  },
};
