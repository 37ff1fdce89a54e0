import type { ScanPolicy } from '../policy.ts';
import type { Account } from './account.ts';
import { ordinaryOf } from './certainty-of.ts';
import type { Certainty, Match, Naming, Spelling } from './dictionary.ts';
import { MOST_PARTS, markTerm } from './mark-term.ts';
import { sentinelsOf } from './sentinels.ts';
import { termsOf } from './terms-of.ts';
import { partsOf, wordsOf } from './words-of.ts';

/** Everything that names any of the accounts. */
export interface TermIndex {
  /** By spelling, then by text: whom it names, the best first. The same in whatever order the accounts come. */
  terms: Readonly<Record<Spelling, ReadonlyMap<string, readonly Match[]>>>;
  mostParts: number;
  /** Of these, one stands in every file that names an account. */
  tokens: ReadonlySet<string>;
}

export function indexTerms(accounts: readonly Account[], policy: ScanPolicy): TermIndex {
  const judged = { isOrdinary: ordinaryOf(policy), isSentinel: sentinelsOf(policy) };
  const terms = { words: new Map(), domain: new Map(), email: new Map(), number: new Map() } satisfies Record<
    Spelling,
    Map<string, Match[]>
  >;
  const tokens = new Set<string>();
  let mostParts = 1;
  for (const account of accounts) {
    const marking = { apart: cutLikeNames(account), tokens: new Set<string>() };
    for (const term of termsOf(account, judged)) {
      const matches: Map<string, Match[]> = terms[term.spelling];
      const known = matches.get(term.text);
      const match: Match = { account: account.id, certainty: term.certainty, naming: term.naming };
      if (known) known.push(match);
      else matches.set(term.text, [match]);
      const marked = markTerm(term, marking);
      for (const token of marked.tokens) marking.tokens.add(token);
      mostParts = Math.max(mostParts, marked.parts);
    }
    for (const token of marking.tokens) tokens.add(token);
  }
  for (const matches of Object.values(terms))
    for (const [text, found] of matches) if (found.length > 1) matches.set(text, bestOfEach(found));
  return { terms, mostParts: Math.min(mostParts, MOST_PARTS), tokens };
}

/** Cuts what an account's names write as several words: `longbeach`, of the Long Beach School District. */
function cutLikeNames({ name, aliases }: Account): (part: string) => readonly string[] {
  const cuts = new Map<string, readonly string[]>();
  for (const written of [name, ...aliases]) {
    const parts = partsOf(written);
    for (let from = 0; from < parts.length; from++)
      for (let to = from + 2; to <= Math.min(parts.length, from + 4); to++) {
        const words = parts.slice(from, to);
        cuts.set(wordsOf(words.join('')), words);
      }
  }
  return (part) => cuts.get(wordsOf(part)) ?? [part];
}

const certainties: readonly Certainty[] = ['unique', 'name', 'ordinary', 'number'];
const namings: readonly Naming[] = ['id', 'name', 'alias', 'domain', 'external id', 'person'];
const rankOf = ({ certainty, naming }: Match): number => certainties.indexOf(certainty) * 10 + namings.indexOf(naming);
const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** One match an account, the best first. */
function bestOfEach(matches: readonly Match[]): Match[] {
  const sorted = [...matches].sort((one, other) => rankOf(one) - rankOf(other) || compare(one.account, other.account));
  const accounts = new Set<string>();
  return sorted.filter(({ account }) => !accounts.has(account) && accounts.add(account));
}
