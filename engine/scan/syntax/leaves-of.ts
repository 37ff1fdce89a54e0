import type { Language, Node } from './language.ts';

/** What is looked for: tokens of the dictionary that stand in the file (absent: everything), and accounts that are in no list. */
export interface Wanted {
  tokens?: ReadonlySet<string> | undefined;
  unlisted: boolean;
}

/** Every literal and name that may name an account. The parser itself looks for them, so that only hits are brought here. */
export function leavesOf(
  root: Node,
  { strings, numbers, patterns, names }: Language,
  { tokens, unlisted }: Wanted,
): Node[] {
  const all = ofKind([...strings, ...numbers, ...patterns, ...names]);
  if (!tokens) return root.findAll({ rule: { any: all } });
  const rules: object[] = [];
  if (tokens.size > 0) rules.push({ any: all, regex: `(?i)${[...tokens].map(asPattern).join('|')}` });
  if (unlisted) rules.push({ any: ofKind(strings), regex: UNLISTED });
  if (unlisted && numbers.length > 0) rules.push({ any: ofKind(numbers), regex: '^([2-9]|[1-9][0-9_]+)' });
  return rules.length > 0 ? root.findAll({ rule: { any: rules } }) : [];
}

const ofKind = (kinds: readonly string[]) => kinds.map((kind) => ({ kind }));

/** A net wider than `isOpaque`, for the parser: one word with a digit or of hexadecimal ones, an address, a query that compares with something with a digit. */
const UNLISTED =
  '^.{0,3}([A-Za-z0-9_{}-]*[0-9][A-Za-z0-9_{}-]*|[0-9a-fA-F{}-]{32,38}|[^\\s@]+@[^\\s@]+).{0,3}$|([=>]|\\b[iI][nN]\\s*\\(|LIKE|like|[vV][aA][lL][uU][eE][sS]\\s*\\()\\s*[\'"]?[A-Za-z0-9_{-]*[0-9]';

/** 48213 may be written 48_213. */
const asPattern = (token: string): string =>
  /^\d+$/.test(token) ? [...token].join('_?') : token.replace(/[^\p{L}\p{N}\p{M}]/gu, '\\$&');

/** The same for a text that no parser looks into. */
export function namesToken(tokens: ReadonlySet<string>): (text: string) => boolean {
  if (tokens.size === 0) return () => false;
  const pattern = new RegExp([...tokens].map(asPattern).join('|'), 'iu');
  return (text) => pattern.test(text);
}
