import { createHash } from 'node:crypto';
import type { Finding } from '../finding.ts';

/** What a finding is, whatever line and file it stands in. */
export interface Described {
  rule: string;
  /** The smallest statement or entry (of a list, a map, a switch) the literal stands in, as it is written. */
  statement: string;
  /** Comments in the statement: offsets from its beginning, the end exclusive, in order. */
  comments?: readonly { start: number; end: number }[];
  /** Names of the functions, classes or modules around it, outermost first; none at the top of a file. */
  within: readonly string[];
  /** The literal, where one statement names several accounts. */
  literal?: string;
}

/**
 * A hash that stays the same when lines are moved, indented or broken anew, and when comments come and go; 32 hex digits. It holds
 * what the source says anyway, and nothing of the dictionary.
 */
export function contentOf({ rule, statement, comments = [], within, literal = '' }: Described): string {
  const said = JSON.stringify([rule, tidy(withoutComments(statement, comments)), within.map(tidy), tidy(literal)]);
  return createHash('sha256').update(said).digest('hex').slice(0, 32);
}

function withoutComments(statement: string, comments: readonly { start: number; end: number }[]): string {
  let rest = '';
  let from = 0;
  for (const { start, end } of comments) {
    rest += `${statement.slice(from, start)} `;
    from = Math.max(from, end);
  }
  return rest + statement.slice(from);
}

/** White space counts only between two words, and formatters add and remove the comma before a bracket. */
const tidy = (text: string): string =>
  text
    .trim()
    // Which quotes stand around a text, formatters decide.
    .replace(/['`]/g, '"')
    .replace(/\s+/g, ' ')
    .replace(/ (?![\p{L}\p{N}_$])|(?<![\p{L}\p{N}_$]) /gu, '')
    .replace(/,(?=[)\]}])/g, '');

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** By file and place. */
export const inOrder = (one: Pick<Finding, 'at'>, other: Pick<Finding, 'at'>): number =>
  compare(one.at.path, other.at.path) ||
  one.at.start.line - other.at.start.line ||
  one.at.start.column - other.at.start.column;

/**
 * A fingerprint for each finding, in the order given: its content and which of those with the same content it is, by file and place.
 * A set of findings has the same fingerprints wherever they have moved to; a copy has the next number.
 */
export function fingerprintsOf(findings: readonly Pick<Finding, 'at' | 'content'>[]): readonly string[] {
  const order = findings.map((finding, index) => ({ finding, index }));
  order.sort((one, other) => inOrder(one.finding, other.finding) || one.index - other.index);
  const seen = new Map<string, number>();
  const fingerprints = findings.map(() => '');
  for (const { finding, index } of order) {
    const ordinal = (seen.get(finding.content) ?? 0) + 1;
    seen.set(finding.content, ordinal);
    fingerprints[index] = `${finding.content}:${ordinal}`;
  }
  return fingerprints;
}
