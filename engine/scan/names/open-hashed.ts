import type { HashedDictionary } from '../../../schemas/scan-accounts.ts';
import type { Dictionary, Match } from './dictionary.ts';
import { holdsMark, marksOf } from './mark.ts';
import { sealerOf } from './seal.ts';
import { markSaltOf, termMark } from './term-mark.ts';

const nobody: readonly Match[] = [];

/** A dictionary without names, as it was written by `hashDictionary`. It finds what `openDictionary` finds for the same accounts. */
export function openHashed({ salt, mostParts, marks: packed, terms }: HashedDictionary): Dictionary {
  const sealer = sealerOf(salt);
  const markSalt = markSaltOf(salt);
  const marks = marksOf(markSalt, unpackMarks(packed));
  const sealed = new Map(Object.entries(terms));
  return {
    lookUp(spelling, text) {
      if (!holdsMark(marks, termMark(markSalt, spelling, text))) return nobody;
      const found = sealed.get(sealer.hashOf(spelling, text)) ?? [];
      return found.flatMap((one) => sealer.unseal(spelling, text, one) ?? []);
    },
    mostParts,
    marks,
  };
}

function* unpackMarks(packed: string): Generator<number> {
  const bytes = Buffer.from(packed, 'base64');
  for (let at = 0; at + 4 <= bytes.length; at += 4) yield bytes.readInt32LE(at);
}
