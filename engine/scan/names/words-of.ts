/** How a text is cut into words and written in one form, whatever its case, accents and punctuation. */

/** Letters that have no accent to take off, and are written otherwise where they cannot be typed. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};
const germanLetters: Readonly<Record<string, string>> = {
  ...plainLetters,
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  ø: 'oe',
  å: 'aa',
};

const isAscii = (text: string): boolean => !/[^\0-\x7f]/.test(text);
const lettersOnly = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, '');
const exchange = (text: string, letters: Readonly<Record<string, string>>): string =>
  text.normalize('NFC').replace(/[^\0-\x7f]/g, (letter) => letters[letter] ?? letter);
const withoutAccents = (text: string): string => text.normalize('NFKD').replace(/\p{M}+/gu, '');

/** The spelling `words`: letters and digits only, lower case, accents gone: `North-Star`, `north_star` → `northstar`. */
export function wordsOf(text: string): string {
  if (isAscii(text)) return text.toLowerCase().replace(/[^a-z0-9]+/g, '');
  return lettersOnly(withoutAccents(exchange(text.toLowerCase(), plainLetters)));
}

/** `Müller` → `mueller`: how it is spelt where there are no such letters. The same as `wordsOf` for most. */
export const germanWordsOf = (text: string): string =>
  isAscii(text) ? wordsOf(text) : lettersOnly(withoutAccents(exchange(text.toLowerCase(), germanLetters)));

// A hump begins at a capital after a small letter or a digit, and at the last capital of several before a small letter.
const ASCII_HUMP = /(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/;
const HUMP = /(?<=[\p{Ll}\p{N}\p{M}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u;

/** The parts of a text as they are written: runs of letters and digits, and the humps in them: `NSLRouter_v2` → NSL, Router, v2. */
export function partsOf(text: string): string[] {
  if (isAscii(text))
    return (text.match(/[A-Za-z0-9]+/g) ?? []).flatMap((run) => (/[A-Z]/.test(run) ? run.split(ASCII_HUMP) : [run]));
  return (text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).flatMap((run) => (/\p{Lu}/u.test(run) ? run.split(HUMP) : [run]));
}

/** A text in every form it may be written in: as it is, with its accents apart, without them, and as Germans spell it. */
export function formsOf(text: string): string[] {
  if (isAscii(text)) return [text];
  const german = text
    .normalize('NFC')
    .replace(/[^\0-\x7f]/g, (letter) => keepCase(letter, germanLetters[letter.toLowerCase()] ?? letter));
  const plain = text
    .normalize('NFC')
    .replace(/[^\0-\x7f]/g, (letter) => keepCase(letter, plainLetters[letter.toLowerCase()] ?? letter));
  return [...new Set([text.normalize('NFC'), text.normalize('NFD'), withoutAccents(plain), withoutAccents(german)])];
}

const keepCase = (letter: string, written: string): string =>
  letter === letter.toLowerCase() ? written : written.charAt(0).toUpperCase() + written.slice(1);
