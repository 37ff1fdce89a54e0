import { englishWords } from './english-words.ts';
import { isFamiliar } from './familiar-words.ts';

/** What no list has: the rarest. */
export const RAREST = 9;

/** How many letters words that stand together begin with. */
const HEAD = 3;

/** By how they begin: of a hundred thousand words a list of accounts asks for a few. */
const known = new Map<string, ReadonlyMap<string, number>>();

/** How rare a word of lower-case letters is: 0 in every product's source, then 1 (commonest in English) to 8, `RAREST` in no list. */
export function rarityOf(word: string): number {
  if (isFamiliar(word)) return 0;
  const head = word.slice(0, HEAD);
  let alike = known.get(head);
  if (!alike) known.set(head, (alike = readAlike(head)));
  return alike.get(word) ?? RAREST;
}

/** Each word after how much of the one before it stays, as a capital, and before its rarity, as a digit. */
const WORD = /([A-Z])([^A-Z\d]*)(\d)/g;

function readAlike(head: string): Map<string, number> {
  const words = new Map<string, number>();
  const start = englishWords.indexOf(` ${head}A`);
  if (start < 0) return words;
  const end = englishWords.indexOf(' ', start + 1);
  let rest = '';
  for (const [, kept = '', more = '', rarity] of englishWords.slice(start + 1 + head.length, end).matchAll(WORD)) {
    rest = rest.slice(0, kept.charCodeAt(0) - 'A'.charCodeAt(0)) + more;
    words.set(head + rest, Number(rarity));
  }
  return words;
}
