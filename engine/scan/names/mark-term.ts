import { isLegalForm } from './legal-forms.ts';
import { isPublicMail } from './public-mail.ts';
import type { Term } from './terms-of.ts';
import { RAREST, rarityOf } from './word-rarity.ts';
import { formsOf, partsOf } from './words-of.ts';

/** More parts than that are joined by nobody: neighbours further away are left out. */
export const MOST_PARTS = 16;

/** What is known of an account while its terms are marked. */
export interface Marking {
  /** Cuts a text where the account's own names show that it is several words (`longbeach`, of the Long Beach School District). */
  apart(part: string): readonly string[];
  /** What was marked for it before: that needs no other part. */
  tokens: ReadonlySet<string>;
}

/** The tokens of a term, one of which stands in every file that holds it (see `mark.ts`), and of how many parts it consists. */
export function markTerm(term: Term, marking: Marking): { tokens: string[]; parts: number } {
  if (term.spelling !== 'words') return { tokens: tokensOf(term, marking), parts: 1 };
  const forms = formsOf(term.written).map((form) => partsOf(form).flatMap(marking.apart));
  return {
    tokens: forms.flatMap((parts) => joinedTokens(parts, marking)),
    parts: Math.max(...forms.map((parts) => parts.length)),
  };
}

function tokensOf(term: Term, marking: Marking): string[] {
  switch (term.spelling) {
    case 'domain':
      return [chooseRun(term.text, marking)];
    case 'email': {
      const [name = '', domain = ''] = term.text.split('@');
      return [chooseRun(isPublicMail(domain) ? `${name}.` : domain, marking)];
    }
    default:
      return term.text.length < 4 ? [] : [term.text];
  }
}

/** Of what stands before the last dot. */
const chooseRun = (host: string, { tokens }: Marking): string =>
  choose(runsOf(host.slice(0, host.lastIndexOf('.'))), tokens);

/** Of the parts, one alone and joined with what stands beside it, however far. */
function joinedTokens(parts: readonly string[], { tokens: known }: Marking): string[] {
  const chosen = parts.indexOf(choose(parts, known));
  const tokens: string[] = [];
  for (let from = Math.max(0, chosen - MOST_PARTS); from <= chosen; from++)
    for (let to = chosen + 1; to <= Math.min(parts.length, from + MOST_PARTS); to++)
      tokens.push(...tokensIn(parts.slice(from, to).join('')));
  return tokens;
}

/** What of a text without gaps stands in the bytes of a file: letters of other scripts stand apart, in one case or the other. */
function tokensIn(text: string): string[] {
  const token = choose(runsOf(text));
  if (/^[\0-\x7f]/.test(token)) return [token.toLowerCase()];
  const first = String.fromCodePoint(token.codePointAt(0) ?? 0);
  const rest = token.slice(first.length);
  return [token, token.toLowerCase(), token.toUpperCase(), first.toUpperCase() + rest.toLowerCase()];
}

const runsOf = (text: string): string[] => text.match(/[A-Za-z0-9]+|[^\0-\x7f]+/g) ?? [];

/** The first that is known, else of the rarest the longest; of words that are in every source, the first: it tells more than the rest. */
function choose(parts: readonly string[], known: ReadonlySet<string> = nothing): string {
  let best = '';
  let most = Number.NEGATIVE_INFINITY;
  for (const part of parts) {
    const rarity = weightOf(part, known);
    const weight = rarity * 1000 + (rarity === 0 ? 0 : Math.min(part.length, 999));
    if (weight <= most) continue;
    most = weight;
    best = part;
  }
  return best;
}

const nothing: ReadonlySet<string> = new Set();

/** A few letters, a year and `GmbH` stand in too many files; digits alone are as common as the words of products. */
function weightOf(part: string, known: ReadonlySet<string>): number {
  const word = part.toLowerCase();
  if (known.has(word)) return RAREST + 1;
  if (part.length < 3 || /^(19|20)[0-9]{2}$/.test(part) || isLegalForm(word)) return -1;
  if (/^[0-9]+$/.test(part)) return 0;
  return /[a-z0-9]/.test(word) ? rarityOf(word) : 1;
}
