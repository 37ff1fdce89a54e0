/** The words of a text, so that two wordings can be compared: lower case, without marks and accents. */
export const plainWords = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** Equal for texts of the same words in the same order. */
export const sameText = (text: string): string => plainWords(text).join(' ');

const small: ReadonlySet<string> = new Set(
  'a an and are as at be by can for from have in is it its must need needs of on or our that the their them they this to we who will with'.split(
    ' ',
  ),
);

/** Equal for texts that use the same words that matter, in any order. */
export const sameNeed = (text: string): string =>
  [...new Set(plainWords(text).filter((word) => !small.has(word)))].sort().join(' ');

const placeholders: ReadonlySet<string> = new Set([
  '',
  'tbd',
  'tba',
  'tbc',
  'todo',
  'to do',
  'to be decided',
  'to be done',
  'none',
  'nobody',
  'no one',
  'unknown',
  'n a',
  'na',
  'x',
  'xx',
  'xxx',
  'someone',
  'somebody',
  'anyone',
  'not yet',
  'later',
  'me',
  'us',
]);

/** Whether a text only fills the field: `tbd`, `?`, `n/a`. */
export const isPlaceholder = (text: string): boolean => placeholders.has(sameText(text));
