import type { Pointer } from '../../document.ts';
import type { DataPlace } from '../check.ts';
import type { CheckedChange, Edited } from '../checked-change.ts';

/** A text of a file, and where it stands. */
export interface PlacedText {
  text: string;
  at: DataPlace;
  pointer: Pointer;
  /** It is the name of a key, not a value. */
  isKey: boolean;
}

/** Every text in some data: values, and keys that people chose. */
export function* textsOf(
  data: unknown,
  pointer: Pointer = [],
): Generator<{ text: string; pointer: Pointer; isKey: boolean }> {
  if (typeof data === 'string') yield { text: data, pointer, isKey: false };
  else if (Array.isArray(data)) for (const [index, item] of data.entries()) yield* textsOf(item, [...pointer, index]);
  else if (typeof data === 'object' && data !== null)
    for (const [key, value] of Object.entries(data)) {
      yield { text: key, pointer: [...pointer, key], isKey: true };
      yield* textsOf(value, [...pointer, key]);
    }
}

/** The texts a change brings into a file; one that the file held before, wherever, is not new. */
export function* newTextsOf({ before, after }: Edited<unknown>): Generator<PlacedText> {
  if (!after) return;
  const known = new Set([...textsOf(before?.data)].map(({ text }) => text));
  for (const { text, pointer, isKey } of textsOf(after.data))
    if (!known.has(text)) yield { text, pointer, isKey, at: { in: after.document, pointer, key: isKey } };
}

/** The texts a change brings into any file. */
export function* newTexts({ documents }: CheckedChange): Generator<PlacedText> {
  for (const document of documents) yield* newTextsOf(document);
}
