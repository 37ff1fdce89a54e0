import type { DoctorRule } from '../rule.ts';
import { judgeSettings } from '../settings-page.ts';

export const ownersErrors: DoctorRule = {
  name: 'owners-errors',
  severity: 'warning',
  fix: 'name people and teams that exist and may write to the repository',
  why: 'nobody is asked for a review where the line would have',
  *find(setup) {
    yield* judgeSettings(
      setup,
      { of: (settings) => settings.codeOwnersErrors, page: '', what: 'whether the owners in CODEOWNERS exist' },
      function* (errors) {
        for (const { path, line, column, message } of errors)
          yield {
            message: `GitHub does not take this line: ${message}`,
            at: { path: setup.files.get(path)?.path ?? path, start: { line, column } },
          };
      },
    );
  },
};
