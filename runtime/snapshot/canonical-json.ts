import { sortKeys } from './sort-keys.ts';

const quote = JSON.stringify;

/** What `JSON.stringify` would write otherwise than as it is; halves of a character among it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters JSON escapes
const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;

const quoteText = (text: string): string => (ESCAPED.test(text) ? quote(text) : `"${text}"`);

function describe(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'object' ? (value?.constructor?.name ?? 'object') : typeof value;
}

/**
 * The one spelling of a JSON value: keys sorted by UTF-16 code unit, no spaces, numbers and strings as
 * `JSON.stringify` writes them, keys whose value is `undefined` left out. Equal values are equal text on every machine.
 *
 * @throws TypeError for what JSON cannot hold (a function, a Date or other class, NaN, `undefined` in a list):
 * it would be lost or changed in silence.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quoteText(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      if (Number.isFinite(value)) return `${value}`;
      break;
    case 'object':
      if (value === null) return 'null';
      if (Array.isArray(value)) return canonicalList(value);
      if (isPlain(value)) return canonicalObject(value);
  }
  throw new TypeError(`${describe(value)} has no place in JSON`);
}

function canonicalList(list: readonly unknown[]): string {
  let text = '[';
  for (let index = 0; index < list.length; index += 1) {
    if (index > 0) text += ',';
    text += canonicalJson(list[index]);
  }
  return `${text}]`;
}

function isPlain(value: object): value is Record<string, unknown> {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function canonicalObject(object: Record<string, unknown>): string {
  let text = '';
  for (const key of sortKeys(Object.keys(object))) {
    const value = object[key];
    if (value !== undefined) text += `${text === '' ? '{' : ','}${keyText(key)}${canonicalJson(value)}`;
  }
  return text === '' ? '{}' : `${text}}`;
}

/** Keys with their colons: the same few are spelled all the time. */
const keyTexts = new Map<string, string>();
const MOST_KEYS = 1_000;

function keyText(key: string): string {
  const known = keyTexts.get(key);
  if (known !== undefined) return known;
  const text = `${quoteText(key)}:`;
  if (keyTexts.size < MOST_KEYS) keyTexts.set(key, text);
  return text;
}
