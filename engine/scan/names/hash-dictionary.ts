import type { HashedDictionary } from '../../../schemas/scan-accounts.ts';
import type { Offer } from '../judge/offer.ts';
import type { ScanPolicy } from '../policy.ts';
import type { Account } from './account.ts';
import { indexTerms } from './index-terms.ts';
import { markOf } from './mark.ts';
import { sealedSize, sealerOf } from './seal.ts';
import { markSaltOf, termMark } from './term-mark.ts';

/**
 * What names these accounts, in a form that finds the same and can be handed on: no name, domain, address or id can be read in it.
 * What it cannot hide: who suspects that a company is a customer can test its name. `salt`: at least 16 random bytes in base64; the same
 * accounts, policy and salt give the same bytes.
 */
export function hashDictionary(
  accounts: readonly Account[],
  policy: ScanPolicy,
  salt: string,
  offers: readonly Offer[] = [],
): HashedDictionary {
  const index = indexTerms(accounts, policy);
  const sealer = sealerOf(salt);
  const size = sealedSize(accounts.map(({ id }) => id));
  const markSalt = markSaltOf(salt);
  const marks = new Set(Array.from(index.tokens, (token) => markOf(markSalt, token)));
  const terms: [string, string[]][] = [];
  for (const spelling of ['words', 'domain', 'email', 'number'] as const)
    for (const [text, matches] of index.terms[spelling]) {
      marks.add(termMark(markSalt, spelling, text));
      const sealed = matches.map((match) => sealer.seal(spelling, text, match, size));
      terms.push([sealer.hashOf(spelling, text), sealed]);
    }
  terms.sort(([one], [other]) => (one < other ? -1 : 1));
  // They name customers, and have done what they are for: how sure each match is, is sealed with it.
  const { ordinaryWords: _, ...open } = policy;
  return {
    version: 1,
    salt,
    mostParts: index.mostParts,
    marks: packMarks(marks),
    terms: Object.fromEntries(terms),
    policy: {
      ...open,
      include: [...open.include],
      exclude: [...open.exclude],
      identifiers: [...open.identifiers],
      sentinels: [...open.sentinels],
    },
    offers: offers.map((offer) => ({ ...offer, words: [...offer.words] })),
  };
}

function packMarks(marks: ReadonlySet<number>): string {
  const sorted = Int32Array.from(marks).sort();
  const bytes = Buffer.alloc(sorted.length * 4);
  for (const [index, mark] of sorted.entries()) bytes.writeInt32LE(mark, index * 4);
  return bytes.toString('base64');
}
