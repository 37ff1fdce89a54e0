/** Lines are no longer than this where a value can be broken. */
const WIDTH = 84;

/** Starts with a letter or is a day, and holds nothing that ends a plain scalar; commas do inside brackets. */
const PLAIN = /^(?:[A-Za-z][A-Za-z0-9 ._@/'-]*|\d{4}-\d{2}-\d{2})$/;
const PLAIN_LINE = /^[A-Za-z](?:[A-Za-z0-9 ._@/',;-]|:(?=\/))*$/;
const WORD = /^(?:true|false|null|yes|on|off|y|n)$/i;

/** A mapping as people write it: a line for each key, short values on the line of their key. Keys are plain words. */
export const yamlText = (data: object): string => `${blockLines(data, '').join('\n')}\n`;

function blockLines(data: object, indent: string): string[] {
  return entriesOf(data).flatMap(([key, value]) => {
    const line = `${indent}${key}: ${lineText(value)}`;
    if (line.length <= WIDTH || typeof value !== 'object' || value === null) return [line];
    const below = Array.isArray(value) ? listLines(value, `${indent}  `) : blockLines(value, `${indent}  `);
    return [`${indent}${key}:`, ...below];
  });
}

function listLines(list: readonly unknown[], indent: string): string[] {
  return list.flatMap((item) => {
    const line = `${indent}- ${lineText(item)}`;
    if (line.length <= WIDTH || typeof item !== 'object' || item === null) return [line];
    const [first = '', ...rest] = blockLines(item, `${indent}  `);
    return [`${indent}- ${first.trimStart()}`, ...rest];
  });
}

const lineText = (value: unknown): string =>
  typeof value === 'string' && PLAIN_LINE.test(value) && !WORD.test(value) ? value : flowText(value);

function flowText(value: unknown): string {
  if (typeof value === 'string') return PLAIN.test(value) && !WORD.test(value) ? value : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(flowText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const pairs = entriesOf(value).map(([key, leaf]) => `${key}: ${flowText(leaf)}`);
  return pairs.length > 0 ? `{ ${pairs.join(', ')} }` : '{}';
}

const entriesOf = (data: object): [string, unknown][] =>
  Object.entries(data).filter(([, value]) => value !== undefined);
