import { readPlain } from '../document/plain.ts';

/** What is written into a file: data, in the order in which a reader wants it. A key without a value is left out. */
export type Written = string | number | boolean | readonly Written[] | WrittenMap;
export interface WrittenMap {
  readonly [key: string]: Written | undefined;
}

/** The longest line that is written, where there is a choice. */
const WIDTH = 120;

// What no reader, ours or another, takes for an indicator, wherever in a line it stands.
const PLAIN = /^[\p{L}\p{N}$(/._](?:[^\n]*[^\s:])?$/u;
const UNCLEAR = /: | #|[^\S ]|["'`\\]|\p{Surrogate}/u;
const UNCLEAR_IN_FLOW = /[,[\]{}]|:(?=["'])/;
/** Words that readers of older YAML take for true and false. */
const OLD_WORDS = /^(?:y|n|yes|no|on|off)$/i;

/** A text as a YAML scalar on one line that every reader reads back as this text: bare where that is clear, else in double quotes. */
export function quote(text: string, isFlow = true): string {
  const isClear =
    PLAIN.test(text) &&
    !UNCLEAR.test(text) &&
    !(isFlow && UNCLEAR_IN_FLOW.test(text)) &&
    !OLD_WORDS.test(text) &&
    readPlain(text) === text;
  return isClear ? text : JSON.stringify(text);
}

/** A key; every key is read as text, so `on` needs no quotes here. */
export const keyText = (key: string): string => (/^[A-Za-z][A-Za-z0-9]*$/.test(key) ? key : quote(key));

/** A value on one line: `{ seats: 60, exportFormats: [csv, xlsx] }`. */
export function flowText(value: Written): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return decimal(value);
  if (typeof value === 'boolean') return String(value);
  if (isList(value)) return `[${value.map(flowText).join(', ')}]`;
  const pairs = pairsOf(value).map(([key, item]) => `${keyText(key)}: ${flowText(item)}`);
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}

/** A mapping as lines without their indentation: what fits goes on one line, what does not below its key. `column`: how far it will be indented. */
export function blockLines(map: WrittenMap, column = 0): string[] {
  return pairsOf(map).flatMap(([key, value]) => {
    // `no` is a word of the language there, and stands bare in every file.
    const text = key === 'decision' ? String(value) : isScalar(value) ? scalarText(value) : flowText(value);
    const line = `${keyText(key)}: ${text}`;
    if (isScalar(value) || isEmpty(value) || column + line.length <= WIDTH) return [line];
    const below = isList(value) ? itemLines(value, column + 2) : blockLines(value, column + 2);
    return [`${keyText(key)}:`, ...indent(below, 2)];
  });
}

/** The items of a list as lines, each beginning with a dash; a mapping takes a line for each key. */
export function itemLines(items: readonly Written[], column = 0): string[] {
  return items.flatMap((item) => {
    if (isScalar(item)) return [`- ${scalarText(item)}`];
    const flow = `- ${flowText(item)}`;
    if (isList(item) || isEmpty(item) || column + flow.length <= WIDTH) return [flow];
    const [first = '', ...rest] = blockLines(item, column + 2);
    return [`- ${first}`, ...indent(rest, 2)];
  });
}

export const indent = (lines: readonly string[], column: number): string[] =>
  lines.map((line) => ' '.repeat(column) + line);

const isList = (value: Written): value is readonly Written[] => Array.isArray(value);
const isScalar = (value: Written): value is string | number | boolean => typeof value !== 'object';
const isEmpty = (value: Written): boolean => typeof value === 'object' && Object.keys(value).length === 0;
const pairsOf = (map: WrittenMap): [string, Written][] =>
  Object.entries(map).filter((pair): pair is [string, Written] => pair[1] !== undefined);

const scalarText = (value: string | number | boolean): string =>
  typeof value === 'string' ? quote(value, false) : flowText(value);

/** JavaScript writes small numbers as 1e-7, which the language does not. */
function decimal(value: number): string {
  const [digits = '', exponent] = String(value).split('e-');
  if (exponent === undefined) return digits;
  const sign = digits.startsWith('-') ? '-' : '';
  return `${sign}0.${'0'.repeat(Number(exponent) - 1)}${digits.replace(/[-.]/g, '')}`;
}
