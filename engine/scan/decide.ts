import type { Dictionary } from './dictionary.ts';
import { judge, type Surroundings } from './judge.ts';
import { type Mention, mentionsIn } from './mentions.ts';
import type { RuleName } from './rules.ts';
import type { Situation } from './situation.ts';
import { sqlPredicates } from './sql-predicates.ts';
import { judgeSubject } from './subject.ts';
import { isOpaque, isUnlisted } from './unlisted.ts';

/** That an account decides somewhere: by what rule, and which, where a list holds it. */
export interface Decision {
  rule: RuleName;
  about: string;
  situation: Situation;
  account?: string;
  /** What of the literal names it, as it is written there. */
  written?: string;
}

/** The first situation in which what is mentioned decides. */
export function decide(
  mentions: readonly Mention[],
  situations: readonly Situation[],
  around: Surroundings,
): Decision | undefined {
  for (const mention of mentions)
    for (const situation of situations) {
      const verdict = judge(mention, situation, around);
      if (verdict) return { ...verdict, situation, account: mention.match.account, written: mention.text };
    }
  return undefined;
}

/** An id that is in no list, or the address of who approves. */
export function decideUnknown(
  said: string,
  situations: readonly Situation[],
  around: Surroundings,
): Decision | undefined {
  if (said.includes('@')) {
    const situation = situations.find(
      ({ how, subject = '' }) =>
        (how === 'equality' || how === 'membership') && judgeSubject(subject, undefined, around.nouns) === 'approver',
    );
    return situation && { rule: 'approver-address', about: situation.subject ?? '', situation };
  }
  const situation = situations.find((place) => isUnlisted(place, around));
  return situation && { rule: 'unlisted-account', about: situation.subject ?? '', situation };
}

/** What a query in a text picks rows by. */
export function decideQuery(
  text: string,
  dictionary: Dictionary,
  unlisted: boolean,
  around: Surroundings,
): Decision | undefined {
  for (const { subject, literal } of sqlPredicates(text)) {
    const situation: Situation = { how: 'query', subject, holders: [], peers: [] };
    const decision = decide(mentionsIn(literal, dictionary), [situation], around);
    if (decision) return { ...decision, written: literal };
    if (unlisted && isOpaque(literal) && isUnlisted(situation, around))
      return { rule: 'unlisted-account', about: subject, situation, written: literal };
  }
  return undefined;
}
