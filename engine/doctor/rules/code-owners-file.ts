import { topOf } from '../../diagnostic.ts';
import { readCodeOwners } from '../codeowners.ts';
import type { DoctorRule } from '../rule.ts';

const OWNER = /^(@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\/[\w.-]+)?|[^\s@]+@[^\s@]+\.[^\s@]+)$/;
const PLACEHOLDER =
  /^@(your-|my-|org\/|owner\b|example|todo|changeme|team\b|username|user\b|company\/|acme\/|placeholder)/i;

export const codeOwnersFile: DoctorRule = {
  name: 'code-owners',
  severity: 'warning',
  fix: 'write .github/CODEOWNERS, one line a folder: a pattern and who is asked',
  why: 'a line that GitHub does not understand is left out, and nobody is asked',
  *find(setup) {
    const owners = readCodeOwners(setup);
    if (!owners) {
      yield { message: 'nobody is asked for a review by CODEOWNERS', at: topOf('.github/CODEOWNERS') };
      return;
    }
    if (owners.isTooLarge)
      yield {
        message: 'CODEOWNERS is above 3 MB, so GitHub reads none of it',
        at: topOf(owners.path),
        fix: 'name folders instead of files',
      };
    for (const { unsupported, owners: names, at, pattern } of owners.lines) {
      if (unsupported)
        yield { message: `${unsupported} is not supported in CODEOWNERS`, at, fix: 'write a plain pattern' };
      for (const name of names) {
        if (!OWNER.test(name))
          yield { message: `${name} is no owner`, at, fix: 'write @user, @organisation/team or an e-mail' };
        else if (PLACEHOLDER.test(name))
          yield { message: `${name} looks like a placeholder, at ${pattern}`, at, fix: 'name who is to be asked' };
      }
    }
  },
};
