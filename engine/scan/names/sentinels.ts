import type { ScanPolicy } from '../policy.ts';
import { wordsOf } from './words-of.ts';

/** Values that stand for no customer in any product. */
const known = new Set(
  `default defaults internal system test testing demo example sample dummy mock sandbox staging production local localhost
  admin administrator superadmin superuser root guest anonymous visitor nobody none null nil undefined unknown empty all any
  other others legacy self me mine own owner public private global shared common main primary master template placeholder
  everyone everybody wildcard host platform operator support foo bar baz`.split(/\s+/),
);

/** Whether a value stands for no customer: `default`, and what the policy says. In the spelling of `wordsOf`. */
export function sentinelsOf({ sentinels }: Pick<ScanPolicy, 'sentinels'>): (words: string) => boolean {
  const own = new Set(sentinels.map(wordsOf));
  return (words) => words === '' || known.has(words) || own.has(words);
}
