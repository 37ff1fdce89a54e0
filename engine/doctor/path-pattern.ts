/**
 * A pattern of `.gitignore`, `.gitattributes` or CODEOWNERS as a test of paths from the top. A pattern without a slash,
 * but for one at its end, counts at any depth; what matches a folder matches all in it.
 */
export function pathPattern(pattern: string): (path: string) => boolean {
  const isFolder = pattern.endsWith('/');
  const parts = pattern.replace(/^\//, '').replace(/\/$/, '').split('/');
  const isAnchored = pattern.startsWith('/') || parts.length > 1;
  const wanted = parts.map((part) => (part === '**' ? MANY : tokensOf(part)));
  // Two stars at the end stand for what lies in the folder; one star for that, and not for what lies deeper.
  if (parts.length > 1 && parts.at(-1) === '**') wanted.splice(-1, 0, [MANY]);
  else if (isFolder) wanted.push([MANY], MANY);
  else if (parts.length === 1 || parts.at(-1) !== '*') wanted.push(MANY);
  if (!isAnchored) wanted.unshift(MANY);
  return (path) => matches(path.split('/'), wanted, (name, tokens) => matches([...name], tokens, isSame));
}

/** Any number of what is compared: of folders, or of letters in a name. */
const MANY = Symbol('many');
const ANY = Symbol('any');
type Token = string | typeof ANY | typeof MANY;

function tokensOf(part: string): Token[] {
  const letters = [...part];
  const tokens: Token[] = [];
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at] ?? '';
    if (letter === '\\') tokens.push(letters[++at] ?? letter);
    else tokens.push(letter === '*' ? MANY : letter === '?' ? ANY : letter);
  }
  return tokens;
}

const isSame = (letter: string, token: string | typeof ANY): boolean => token === ANY || token === letter;

/** In at most as many steps as there are pairs of both, whatever the pattern: only the last MANY is ever reconsidered. */
function matches<Item, Wanted>(
  items: readonly Item[],
  wanted: readonly (Wanted | typeof MANY)[],
  isMatch: (item: Item, one: Exclude<Wanted, typeof MANY>) => boolean,
): boolean {
  let item = 0;
  let next = 0;
  let many = -1;
  let taken = 0;
  while (item < items.length) {
    const one = wanted[next];
    if (one === MANY) {
      many = next++;
      taken = item;
    } else if (one !== undefined && isMatch(items[item] as Item, one as Exclude<Wanted, typeof MANY>)) {
      item++;
      next++;
    } else if (many === -1) return false;
    else {
      next = many + 1;
      item = ++taken;
    }
  }
  return wanted.slice(next).every((one) => one === MANY);
}
