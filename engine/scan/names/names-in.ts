import type { Dictionary, Match } from './dictionary.ts';
import { partsOf, wordsOf } from './words-of.ts';

/** Every account that a text names surely, whatever stands around the name: for texts that are to name nobody. */
export function namesIn(text: string, { lookUp, mostParts }: Dictionary): Match[] {
  const parts = partsOf(text);
  const found: Match[] = [];
  for (let from = 0; from < parts.length; from++)
    for (let to = from + 1; to <= Math.min(parts.length, from + mostParts); to++)
      found.push(...lookUp('words', wordsOf(parts.slice(from, to).join(''))));
  for (const host of text.toLowerCase().match(/[^\s@/:"'()]+(?:\.[^\s@/:"'()]+)+/g) ?? [])
    for (let at = 0; at >= 0; at = host.indexOf('.', at) + 1 || -1) found.push(...lookUp('domain', host.slice(at)));
  return found.filter(({ certainty }) => certainty === 'unique' || certainty === 'name');
}
