/** How values and what is needed are called in a sentence. */

/** What stands there: `text`, `a number`, `a list`. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
      return 'a number';
    case 'boolean':
      return `the value ${value}`;
    default:
      return 'a group of keys';
  }
}

/** `a number is needed, this is text` */
export function neededHere(needed: string, value: unknown): string {
  const here = value === null || value === undefined ? 'nothing is written here' : `this is ${kindOf(value)}`;
  return `${needed} is needed, ${here}`;
}

/** What to do about a number or a word where text is needed: `name: 1.10`. */
export const helpToQuote = (value: unknown): string | undefined =>
  typeof value === 'number' || typeof value === 'boolean' ? 'put it in quotes if it is meant as text' : undefined;

/** What to do about text where a number is needed: `"700"`, `1_000`. */
export function helpToCount(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  if (/^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/.test(value)) return `write ${value} without quotes`;
  return /^-?[0-9][0-9_,. ']*$/.test(value) ? 'write digits only, such as 1000' : undefined;
}

/** `a, b or c` */
export const either = (words: readonly string[]) => joined(words, 'or');
/** `a, b and c` */
export const both = (words: readonly string[]) => joined(words, 'and');

function joined(words: readonly string[], last: string): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

/** Text of a user's inside a sentence: one line, never long. */
export function shown(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}
