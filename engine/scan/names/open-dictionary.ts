import type { ScanPolicy } from '../policy.ts';
import type { Account } from './account.ts';
import type { Dictionary } from './dictionary.ts';
import { indexTerms } from './index-terms.ts';
import { marksOfTokens } from './mark.ts';

/** Nothing is hidden in a dictionary in clear, so its marks need no salt of their own. */
const SALT = 0;

const nobody = [] as const;

/** What names these accounts, in clear. Brings a list of English words along, of which it reads what is asked for. */
export function openDictionary(accounts: readonly Account[], policy: ScanPolicy): Dictionary {
  const { terms, mostParts, tokens } = indexTerms(accounts, policy);
  return {
    lookUp: (spelling, text) => terms[spelling].get(text) ?? nobody,
    mostParts,
    marks: marksOfTokens(SALT, [...tokens]),
  };
}
