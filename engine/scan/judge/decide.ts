import type { Dictionary } from '../names/dictionary.ts';
import { type Mention, mentionsIn } from '../names/mentions.ts';
import { readSql } from '../syntax/read-sql.ts';
import type { Situation } from '../syntax/situation.ts';
import { sqlPredicates } from '../syntax/sql-predicates.ts';
import { judge, type Surroundings } from './judge.ts';
import type { RuleName } from './rules.ts';
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
        (how === 'equality' || how === 'membership' || how === 'query') && judgeSubject(subject, around) === 'approver',
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
  if (STATEMENT.test(text)) return decideStatement(text, dictionary, unlisted, around);
  for (const { subject, literal } of sqlPredicates(text)) {
    const situation: Situation = { how: 'query', subject, holders: [], peers: [] };
    const decision = decide(mentionsIn(literal, dictionary), [situation], around);
    if (decision) return { ...decision, written: literal };
    if (unlisted && isOpaque(literal) && isUnlisted(situation, around))
      return { rule: 'unlisted-account', about: subject, situation, written: literal };
  }
  return undefined;
}

const STATEMENT =
  /^[\s(]*(select|with|insert\s+into|replace\s+into|update|delete\s+from|merge\s+into|create|alter|do)\s[\s\S]*\b(from|where|set|values|as|case|using|into|on|check)\b/i;

/** A whole statement is read as it is in a file of its own; whatever picks rows in it, a query picks. */
function decideStatement(
  text: string,
  dictionary: Dictionary,
  unlisted: boolean,
  around: Surroundings,
): Decision | undefined {
  for (const { said, situations } of readSql(text)) {
    const mentions = mentionsIn(said, dictionary);
    const isUnknown = unlisted && mentions.length === 0 && isOpaque(said);
    if (mentions.length === 0 && !isUnknown) continue;
    const found = situations().map((place) => (COMPARED.has(place.how) ? { ...place, how: 'query' as const } : place));
    const decision = isUnknown ? decideUnknown(said, found, around) : decide(mentions, found, around);
    if (decision) return decision;
  }
  return undefined;
}

const COMPARED: ReadonlySet<Situation['how']> = new Set(['equality', 'membership', 'case', 'pattern', 'affix']);
