const quote = JSON.stringify;

/** What `JSON.stringify` would write otherwise than as it is; halves of a character among it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters JSON escapes
const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;

const quoteText = (text: string): string => (ESCAPED.test(text) ? quote(text) : `"${text}"`);

function describe(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'object' ? (value?.constructor?.name ?? 'object') : typeof value;
}

/** Objects whose text is known already: what thousands of values share is spelled once. */
export type KnownTexts = ReadonlyMap<unknown, string>;

const nothing: KnownTexts = new Map();

/**
 * The one spelling of a JSON value: keys sorted by UTF-16 code unit, no spaces, numbers and strings as
 * `JSON.stringify` writes them, keys whose value is `undefined` left out. Equal values are equal text on every machine.
 *
 * @throws TypeError for what JSON cannot hold (a function, a Date or other class, NaN, `undefined` in a list):
 * it would be lost or changed in silence.
 */
export function canonicalJson(value: unknown, known: KnownTexts = nothing): string {
  if (typeof value === 'string') return quoteText(value);
  if (typeof value === 'number' && Number.isFinite(value)) return quote(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value === null) return 'null';
  if (Array.isArray(value)) {
    let text = '[';
    for (let index = 0; index < value.length; index += 1) {
      if (index > 0) text += ',';
      text += canonicalJson(value[index], known);
    }
    return `${text}]`;
  }
  if (typeof value === 'object') {
    const text = known.get(value);
    if (text !== undefined) return text;
    const prototype = Object.getPrototypeOf(value);
    if (prototype === Object.prototype || prototype === null)
      return canonicalObject(value as Record<string, unknown>, known);
  }
  throw new TypeError(`${describe(value)} has no place in JSON`);
}

function canonicalObject(object: Record<string, unknown>, known: KnownTexts): string {
  let text = '';
  for (const key of sortedKeys(object)) {
    const value = object[key];
    if (value === undefined) continue;
    text += `${text === '' ? '{' : ','}${quoteText(key)}:${canonicalJson(value, known)}`;
  }
  return text === '' ? '{}' : `${text}}`;
}

/** Most objects have few keys and many have them in order: looking first is cheaper than sorting. */
function sortedKeys(object: object): string[] {
  const keys = Object.keys(object);
  for (let index = 1; index < keys.length; index += 1)
    if ((keys[index - 1] as string) > (keys[index] as string)) return keys.sort();
  return keys;
}
