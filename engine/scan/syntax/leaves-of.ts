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
  const named = { any: all, regex: `(?i)${[...tokens].map(asPattern).join('|')}` };
  if (!unlisted) return partsWith(tokens, root).flatMap((part) => part.findAll({ rule: named }));
  const rules: object[] = tokens.size > 0 ? [named] : [];
  rules.push({ any: ofKind(strings), regex: UNLISTED });
  if (numbers.length > 0) rules.push({ any: ofKind(numbers), regex: '^([2-9]|[1-9][0-9_]+)' });
  return root.findAll({ rule: { any: rules } });
}

/** Characters of a file of which to look at each part takes longer than to look into all of them. */
const SHORT = 8_000;

/** The parts of a file in which a token stands: the parser need not look at the text of every name and literal of the rest. */
function partsWith(tokens: ReadonlySet<string>, root: Node): Node[] {
  if (tokens.size === 0) return [];
  if (root.text().length < SHORT) return [root];
  // A tree begins where its first sign stands.
  const from = root.range().start.index;
  const spots = Array.from(root.text().matchAll(patternOf(tokens, 'giu')), ({ index }) => from + index);
  let next = 0;
  return root.children().filter((part) => {
    const { start, end } = part.range();
    while (next < spots.length && (spots[next] ?? 0) < start.index) next++;
    return next < spots.length && (spots[next] ?? 0) < end.index;
  });
}

const ofKind = (kinds: readonly string[]) => kinds.map((kind) => ({ kind }));

/** A net wider than `isOpaque`, for the parser: one word with a digit or of hexadecimal ones, an address, a query that compares with something with a digit. */
const UNLISTED =
  '^.{0,3}([A-Za-z0-9_{}-]*[0-9][A-Za-z0-9_{}-]*|[0-9a-fA-F{}-]{32,38}|[^\\s@]+@[^\\s@]+).{0,3}$|([=>]|\\b[iI][nN]\\s*\\(|LIKE|like|[vV][aA][lL][uU][eE][sS]\\s*\\()\\s*[\'"]?[A-Za-z0-9_{-]*[0-9]';

/** 48213 may be written 48_213. */
const asPattern = (token: string): string =>
  /^\d+$/.test(token) ? [...token].join('_?') : token.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

const patternOf = (tokens: ReadonlySet<string>, flags: string): RegExp =>
  new RegExp([...tokens].map(asPattern).join('|'), flags);

/** The same for a text that no parser looks into. */
export function namesToken(tokens: ReadonlySet<string>): (text: string) => boolean {
  if (tokens.size === 0) return () => false;
  const pattern = patternOf(tokens, 'iu');
  return (text) => pattern.test(text);
}
