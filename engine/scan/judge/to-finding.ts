import type { Place } from '../../diagnostic.ts';
import type { Finding } from '../finding.ts';
import { contentOf } from '../living/fingerprint.ts';
import { wordsOf } from '../names/words-of.ts';
import type { ScanPolicy } from '../policy.ts';
import type { Hit } from '../syntax/hit.ts';
import { adviceFor } from './advice.ts';
import type { Decision } from './decide.ts';
import { whyItDecides } from './message.ts';
import type { Offer } from './offer.ts';
import { rules } from './rules.ts';

/** A literal or name that was judged, in the file of that path. */
export interface Judged {
  path: string;
  hit: Pick<Hit, 'literal' | 'start' | 'end' | 'statement'>;
  /** Names around it, the nearest first. */
  scopes: readonly string[];
}

/** What is said of a decision; nothing where the policy turns its rule off, or says that it is no customer's. */
export function toFinding(
  { path, hit, scopes }: Judged,
  { rule, situation, account, written }: Decision,
  policy: ScanPolicy,
  offers: readonly Offer[],
): Finding | undefined {
  const severity = policy.severity[rule] ?? rules[rule].severity;
  const { literal } = hit;
  if (severity === 'off' || (account === undefined && isSentinel(written ?? literal, policy))) return undefined;
  const { lines, ...statement } = hit.statement();
  const who = account === undefined ? 'an account that is in no list' : `account ${account}`;
  return {
    rule,
    severity,
    at: { path, ...spanOf(hit, written) },
    ...(account !== undefined && { account }),
    literal,
    statement: lines,
    message: `${who} decides here: ${shorten(literal)} ${whyItDecides(situation, scopes[0])}`,
    help: adviceFor(account, [statement.statement.slice(0, 1_000), ...scopes, situation.gives ?? ''], offers),
    content: contentOf({ rule, ...statement, within: [...scopes].reverse(), literal }),
  };
}

/** Whether the policy says that an id in no list stands for no customer. */
function isSentinel(literal: string, { sentinels }: ScanPolicy): boolean {
  const words = wordsOf(literal);
  return sentinels.some((sentinel) => wordsOf(sentinel) === words);
}

/** The literal; of one over several lines what names the account in it. */
function spanOf({ literal, start, end }: Judged['hit'], written: string | undefined): Pick<Place, 'start' | 'end'> {
  const at = literal.includes('\n') && written ? literal.indexOf(written) : -1;
  if (at < 0 || !written)
    return {
      start: { line: start.line + 1, column: start.column + 1 },
      end: { line: end.line + 1, column: end.column + 1 },
    };
  const before = literal.slice(0, at).split('\n');
  const line = start.line + before.length;
  const column = (before.length === 1 ? start.column : 0) + (before.at(-1)?.length ?? 0) + 1;
  return { start: { line, column }, end: { line, column: column + written.length } };
}

const shorten = (text: string): string => {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
};
