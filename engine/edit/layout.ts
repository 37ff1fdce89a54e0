import { isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Pointer } from '../document.ts';
import { UsageError } from '../usage-error.ts';
import { lineStart, nextLine, type Splice } from './splice.ts';
import { blockLines, flowText, indent, itemLines, keyText, type Written, type WrittenMap } from './write-yaml.ts';

/**
 * Where new lines go in a text that somebody has laid out. Every edit is a splice at one place, so whatever is not edited keeps its
 * bytes: comments, blank lines, quotes, indentation, line ends. The text is one mapping that `readDocument` accepts.
 */
export interface Layout {
  /** Adds items at the end of a list, which is made where it is missing or empty. */
  append(pointer: Pointer, items: readonly WrittenMap[]): Splice[];
  /** Sets keys of a mapping: replaces scalars that are there, adds the rest after the key `after`, else at the end. */
  set(pointer: Pointer, values: WrittenMap, after?: string): Splice[];
  /** Takes a key of the file away, with its lines; nothing where it is not there. */
  drop(key: string): Splice[];
}

/** Throws `UsageError` from its functions where the layout leaves no place to write to. */
export function openLayout(text: string): Layout {
  const root = parseDocument(text).contents;
  const eol = /\r?\n/.exec(text)?.[0] ?? '\n';

  function append(pointer: Pointer, items: readonly WrittenMap[]): Splice[] {
    const key = String(pointer.at(-1));
    const map = mapAt(pointer.slice(0, -1));
    const pair = pairOf(map, key);
    if (!pair) return set(pointer.slice(0, -1), { [key]: items });
    const list = pair.value;
    if (isSeq<Node>(list) && list.items.length > 0)
      return list.flow ? addToFlowList(list, items) : addToList(list, items);
    if (isSeq(list) ? !list.flow : !isScalar(list) || list.value !== null) throw noPlace(pointer);
    return fillEmptyList(map, pair, items);
  }

  function addToList(list: YAMLSeq<Node>, items: readonly WrittenMap[]): Splice[] {
    const column = columnOf(start(list));
    const at = pastComments(nextLineAfter(lastOffset(list)), Math.max(1, column));
    const last = list.items.at(-1) as Node;
    // Right behind a block of text a blank line could become part of it.
    const isSpaced = list.items.length > 1 && at !== lastOffset(list) && isAfterBlankLine(lineStart(text, start(last)));
    const lines = items.flatMap((item) => [...(isSpaced ? [''] : []), ...indent(recordLines(item, column), column)]);
    return [linesAt(at, lines, column + 1)];
  }

  function addToFlowList(list: YAMLSeq<Node>, items: readonly WrittenMap[]): Splice[] {
    const last = list.items.at(-1) as Node;
    const at = lastOffset(last);
    const below = nextLine(text, at);
    const begins = lineStart(text, start(last));
    const isOnOwnLine = text.slice(begins, start(last)).trim() === '' && below < lastOffset(list);
    if (!isOnOwnLine) return [{ start: at, end: at, insert: items.map((item) => `, ${flowText(item)}`).join('') }];
    const hasComma = /^\s*,/.test(text.slice(at, below));
    const lines = items.map((item, index) => {
      const comma = hasComma || index < items.length - 1 ? ',' : '';
      return `${text.slice(begins, start(last))}${flowText(item)}${comma}`;
    });
    return [...(hasComma ? [] : [{ start: at, end: at, insert: ',' }]), linesAt(below, lines, columnOf(start(last)))];
  }

  /** `exceptions:`, `exceptions: []` and `exceptions: null` become a list below their key, or beside it within `{ }`. */
  function fillEmptyList(map: YAMLMap, pair: Pair, items: readonly WrittenMap[]): Splice[] {
    const colon = colonOf(pair);
    const value = pair.value as Node | null;
    const written = value ? text.slice(start(value), lastOffset(value)) : '';
    const from = written === '' ? colon + 1 : start(value as Node);
    const to = from + written.length;
    if (map.flow || /[\r\n]/.test(text.slice(colon, to))) {
      const inside = items.map(flowText).join(', ');
      if (isSeq(value)) return [{ start: from + 1, end: from + 1, insert: inside }];
      return [{ start: from, end: to, insert: written === '' ? ` [${inside}]` : `[${inside}]` }];
    }
    const column = columnOf(start(map)) + 2;
    const lines = items.flatMap((item) => indent(recordLines(item, column), column));
    const added = linesAt(nextLine(text, to), lines, column);
    return written === '' ? [added] : [{ start: colon + 1, end: to, insert: '' }, added];
  }

  function set(pointer: Pointer, values: WrittenMap, after?: string): Splice[] {
    const map = mapAt(pointer);
    const added: Record<string, Written> = {};
    const splices: Splice[] = [];
    for (const [key, value] of Object.entries(values)) {
      if (value === undefined) continue;
      const pair = pairOf(map, key);
      if (pair) splices.push(replace(pair, value, [...pointer, key]));
      else added[key] = value;
    }
    if (Object.keys(added).length > 0) splices.push(addTo(map, added, after));
    return splices;
  }

  function drop(key: string): Splice[] {
    const map = mapAt([]);
    const pair = pairOf(map, key);
    if (!pair) return [];
    if (map.flow) throw noPlace([key]);
    return [{ start: lineStart(text, start(pair.key as Node)), end: nextLineAfter(lastOffsetOf(pair)), insert: '' }];
  }

  function replace(pair: Pair, value: Written, pointer: Pointer): Splice {
    const node = pair.value as Node | null;
    if (isMap(node) || isSeq(node) ? !node.flow : !isScalar(node)) throw noPlace(pointer);
    const from = start(node as Node);
    const written = text.slice(from, lastOffset(node as Node));
    if (written === '') return { start: colonOf(pair) + 1, end: colonOf(pair) + 1, insert: ` ${flowText(value)}` };
    return { start: from, end: from + written.length, insert: flowText(value) + (written.endsWith('\n') ? eol : '') };
  }

  function addTo(map: YAMLMap, added: WrittenMap, after: string | undefined): Splice {
    const neighbour = after === undefined ? undefined : pairOf(map, after);
    const last = neighbour ?? map.items.at(-1);
    if (map.flow) {
      const pairs = Object.entries(added).map(([key, value]) => `${keyText(key)}: ${flowText(value as Written)}`);
      if (last) return at(lastOffsetOf(last), `, ${pairs.join(', ')}`);
      const inside = start(map) + 1;
      return at(inside, ` ${pairs.join(', ')}${text[inside] === '}' ? ' ' : ''}`);
    }
    const column = columnOf(start(map));
    const below = nextLineAfter(lastOffsetOf(last as Pair));
    const lines = indent(blockLines(added, column), column);
    return linesAt(neighbour ? below : pastComments(below, column), lines, column);
  }

  const at = (offset: number, insert: string): Splice => ({ start: offset, end: offset, insert });

  /** New lines, where a line begins or behind the last one. */
  function linesAt(offset: number, lines: readonly string[], column: number): Splice {
    const isBehind = offset > 0 && text[offset - 1] !== '\n';
    const insert = lines.map((line) => (isBehind ? eol + line : line + eol)).join('');
    return { ...at(offset, insert), column };
  }

  function mapAt(pointer: Pointer): YAMLMap {
    let node: unknown = root;
    for (const step of pointer)
      node = isMap(node) ? pairOf(node, String(step))?.value : isSeq(node) ? node.items[Number(step)] : undefined;
    if (!isMap(node)) throw noPlace(pointer);
    return node;
  }

  const pairOf = (map: YAMLMap, key: string): Pair | undefined =>
    map.items.find((pair) => isScalar(pair.key) && text.slice(...spanOf(pair.key)) !== '' && textOf(pair.key) === key);

  const colonOf = (pair: Pair): number => text.indexOf(':', spanOf(pair.key as Node)[1]);
  const columnOf = (offset: number): number => offset - lineStart(text, offset);

  /** Behind the last letter of a node. Ranges of block collections include what follows them, so their last leaf is asked. */
  function lastOffset(node: Node): number {
    if (isSeq<Node>(node) && !node.flow && node.items.length > 0) return lastOffset(node.items.at(-1) as Node);
    if (isMap(node) && !node.flow && node.items.length > 0) return lastOffsetOf(node.items.at(-1) as Pair);
    return spanOf(node)[1];
  }

  function lastOffsetOf(pair: Pair): number {
    const value = pair.value as Node | null;
    const isWritten = value !== null && lastOffset(value) > start(value);
    if (isWritten) return lastOffset(value);
    const colon = colonOf(pair);
    return colon === -1 ? spanOf(pair.key as Node)[1] : colon + 1;
  }

  /** A block of text ends with its last line end, everything else within a line. */
  const nextLineAfter = (offset: number): number => (text[offset - 1] === '\n' ? offset : nextLine(text, offset));

  /** Comments that stand as deep as a list or a mapping, or deeper, belong to it. */
  function pastComments(from: number, column: number): number {
    let end = from;
    for (let next = from; next < text.length; ) {
      const line = text.slice(next, nextLine(text, next));
      const words = line.trimStart();
      if (words !== '' && (!words.startsWith('#') || line.length - words.length < column)) break;
      next += line.length;
      if (words !== '') end = next;
    }
    return end;
  }

  function isAfterBlankLine(begin: number): boolean {
    let above = begin;
    while (above > 0) {
      const previous = lineStart(text, above - 1);
      const line = text.slice(previous, above).trim();
      if (!line.startsWith('#')) return line === '';
      above = previous;
    }
    return false;
  }

  return { append, set, drop };
}

/** A record takes a line for each key, however short it is. */
function recordLines(item: WrittenMap, column: number): string[] {
  const [first = '', ...rest] = blockLines(item, column + 2);
  return first === '' ? itemLines([item]) : [`- ${first}`, ...indent(rest, 2)];
}

const spanOf = (node: Node): [start: number, end: number] => [node.range?.[0] ?? 0, node.range?.[1] ?? 0];
const start = (node: Node): number => spanOf(node)[0];
/** As the reader of the language has it: every key is text. */
const textOf = (key: { source?: string; value: unknown }): string => key.source ?? String(key.value);

const noPlace = (pointer: Pointer): UsageError =>
  new UsageError(
    `the file has no place to write ${pointer.join('.') || 'to'}`,
    'write it by hand: what stands there is laid out in a way that no command changes',
  );
