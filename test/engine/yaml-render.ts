export type Tree = string | number | boolean | null | Tree[] | { [key: string]: Tree };

/** Chooses below `count`; the same choices give the same text. */
export type Choose = (count: number) => number;

const WORD = /^[A-Za-z\u00c0-\u024f][\w\u00c0-\u024f .@/()$%+-]*$/;
const NO_WORD = /^(?:true|false|null)$|[ ]$/i;
const isPlain = (text: string): boolean => WORD.test(text) && !NO_WORD.test(text);

/** A mapping as YAML people could write, in styles that `choose` picks: block and flow, every kind of quote, comments. */
export function render(tree: { [key: string]: Tree }, choose: Choose): string {
  const keys = Object.keys(tree);
  const body = keys.length === 0 || choose(6) === 0 ? flow(tree, 0, choose) : block(tree, 0, choose).slice(1);
  const head = ['', '# head\n', '---\n', '# head\n\n--- # marker\n'][choose(4)] ?? '';
  const text = `${head}${body}${choose(5) === 0 && !/[|>]/.test(body) ? '' : '\n'}`;
  return choose(4) === 0 ? text.replaceAll('\n', '\r\n') : text;
}

const comment = (choose: Choose): string => ['', '', '', ' # note: "a" [b', '   #'][choose(5)] ?? '';

/** Each entry on lines of its own; begins with a line end. */
function block(tree: Tree[] | { [key: string]: Tree }, indent: number, choose: Choose): string {
  const pad = ' '.repeat(indent);
  const gap = () => ['', '', '', '\n', `\n${pad}# between`][choose(5)] ?? '';
  if (Array.isArray(tree)) return tree.map((item) => `${gap()}\n${pad}-${entry(item, indent, choose, true)}`).join('');
  return Object.entries(tree)
    .map(([key, value]) => `${gap()}\n${pad}${scalarKey(key, choose)}:${entry(value, indent, choose, false)}`)
    .join('');
}

/** What stands behind a `-` or a colon, with its space. */
function entry(value: Tree, indent: number, choose: Choose, isItem: boolean): string {
  if (value === null && choose(2) === 0) return comment(choose);
  if (typeof value === 'string') return ` ${text(value, indent, choose)}`;
  if (typeof value !== 'object' || value === null) return ` ${String(value ?? '~')}${comment(choose)}`;
  const isEmpty = Object.keys(value).length === 0;
  if (isEmpty || choose(3) === 0) return ` ${flow(value, indent, choose)}${comment(choose)}`;
  const deeper = indent + 1 + choose(3);
  if (isItem && choose(2) === 0) {
    const inner = block(value, indent + 2, (count) => (count === 5 ? 0 : choose(count)));
    return ` ${inner.trimStart()}`;
  }
  const isAtKey = !isItem && Array.isArray(value) && choose(2) === 0;
  return comment(choose) + block(value, isAtKey ? indent : deeper, choose);
}

function text(value: string, indent: number, choose: Choose): string {
  const pad = ' '.repeat(indent + 1 + choose(3));
  const style = choose(6);
  if (style === 0 && isPlain(value)) return value + comment(choose);
  if (style === 1 && isPlain(value) && /\S \S/.test(value)) return value.replace(/(\S) (?=[A-Za-z])/, `$1\n${pad}`);
  if (style === 2 && isLines(value)) return literal(value, pad, choose);
  if (style === 3 && isParagraph(value))
    return `>-\n${pad}${value.replaceAll(' ', () => (choose(3) ? ' ' : `\n${pad}`))}`;
  if (style === 4 && !/[\n\t]/.test(value)) return `'${value.replaceAll("'", "''")}'${comment(choose)}`;
  const quoted = doubleQuoted(value, choose);
  return (choose(3) === 0 ? quoted.replace(/(?<=\w) (?=\w)/, `\n${pad}`) : quoted) + comment(choose);
}

/** Lines that a block can hold without saying how far they are indented, or how many empty ones end it. */
const isLines = (value: string): boolean => /^\S/.test(value) && !/[ \t]$/m.test(value) && !value.endsWith('\n\n');

const isParagraph = (value: string): boolean => /^\S+(?: \S+)*$/.test(value);

function literal(value: string, pad: string, choose: Choose): string {
  const chomping = value.endsWith('\n') ? '' : '-';
  const lines = value.replace(/\n$/, '').split('\n');
  const body = lines.map((line) => (line === '' ? '' : pad + line)).join('\n');
  return `|${chomping}${comment(choose)}\n${body}`;
}

function flow(value: Tree, indent: number, choose: Choose): string {
  const space = () => ['', ' ', ' ', `\n${' '.repeat(indent + 1 + choose(4))}`][choose(4)] ?? '';
  if (typeof value === 'string') {
    if (choose(3) === 0 && isPlain(value)) return value;
    return choose(2) === 0 && !/[\n\t]/.test(value) ? `'${value.replaceAll("'", "''")}'` : doubleQuoted(value, choose);
  }
  if (typeof value !== 'object' || value === null) return String(value ?? ['null', '~'][choose(2)]);
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((item) => flow(item, indent, choose))
    : Object.entries(value).map(([key, item]) => `${scalarKey(key, choose)}: ${flow(item, indent, choose)}`);
  const inner = parts.map((part) => space() + part).join(',');
  return `${isList ? '[' : '{'}${inner}${space()}${isList ? ']' : '}'}`;
}

function scalarKey(key: string, choose: Choose): string {
  if (choose(2) === 0 && /^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(key)) return key;
  return choose(2) === 0 && !/[\n\t]/.test(key) ? `'${key.replaceAll("'", "''")}'` : doubleQuoted(key, choose);
}

function doubleQuoted(value: string, choose: Choose): string {
  const escaped = Array.from(value, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (character === '\n') return '\\n';
    if (character === '\t') return '\\t';
    if (character === '"' || character === '\\') return `\\${character}`;
    if (choose(12) !== 0) return character;
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
  return `"${escaped.join('')}"`;
}
