import { grouped } from './plural.ts';

/** `a`, `a and b`, `a, b and c`; of many the first ones and how many more. Joined by another word: `a or b`. `inAll`: of which these are the first. */
export function list(
  words: readonly string[],
  most = 10,
  word: 'and' | 'or' = 'and',
  inAll: number = words.length,
): string {
  const rest = inAll - Math.min(most, words.length);
  const shown = rest > 0 ? [...words.slice(0, most), `${grouped(rest)} more`] : words;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} ${word} ${shown.at(-1)}`;
}
