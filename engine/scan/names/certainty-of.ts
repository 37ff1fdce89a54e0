import type { ScanPolicy } from '../policy.ts';
import type { Certainty } from './dictionary.ts';
import { isFamiliar } from './familiar-words.ts';
import { hasLegalForm } from './legal-forms.ts';
import { RAREST, rarityOf } from './word-rarity.ts';
import { partsOf, wordsOf } from './words-of.ts';

/** Whether a word also means something else: one of English, of what products are made of, of the policy; or three letters at most. */
export function ordinaryOf({ ordinaryWords }: Pick<ScanPolicy, 'ordinaryWords'>): (words: string) => boolean {
  const own = new Set(ordinaryWords.map(wordsOf));
  return (words) => words.length <= 3 || own.has(words) || rarityOf(words) < RAREST;
}

/**
 * How surely a name names an account. Of two words that each mean something (Delta Freight) others may make a name of their own;
 * three words, a word in no dictionary beside another, or what a company is in law make it one of a kind.
 */
export function certaintyOfName(name: string, isOrdinary: (words: string) => boolean): Certainty {
  const words = wordsOf(name);
  if (isOrdinary(words)) return 'ordinary';
  const apart = name
    .split(/[\s,&/+]+/)
    .map(wordsOf)
    .filter(Boolean);
  if (hasLegalForm(name) || apart.length > 2) return 'unique';
  const parts = partsOf(name).map(wordsOf);
  if (parts.length > 1 && parts.every((part) => isFamiliar(part))) return 'ordinary';
  if (isOpaque(words)) return 'unique';
  return apart.length === 2 && apart.some((word) => !isOrdinary(word)) ? 'unique' : 'name';
}

/** How surely an id of another system does: what letters and digits make at random is written nowhere else. */
export function certaintyOfOther(id: string, isOrdinary: (words: string) => boolean): Certainty {
  const words = wordsOf(id);
  return words.length >= 10 && /[0-9]/.test(words) ? 'unique' : certaintyOfName(id, isOrdinary);
}

/** `acc_19342`, `CT-2025-0117`, a UUID. */
const isOpaque = (words: string): boolean =>
  words.length >= 6 && /[a-z]/.test(words) && /[0-9].*[0-9].*[0-9]/.test(words);
