import { topOf } from '../../diagnostic.ts';
import type { DoctorRule } from '../rule.ts';

export const unaskedSettings: DoctorRule = {
  name: 'unasked-settings',
  severity: 'note',
  fix: 'set GITHUB_TOKEN to an admin’s token, and name the repository with --repository owner/name',
  why: 'rulesets, environments and who is let past them are in no file',
  *find({ settings }) {
    if (!settings)
      yield { message: 'the settings of the repository on GitHub were not looked at', at: topOf('.github') };
  },
};
