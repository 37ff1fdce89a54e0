import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Position } from '../../engine/diagnostic.ts';
import type { Document, Pointer } from '../../engine/document.ts';
import { keyOf } from './yaml-oracle.ts';

export interface Seen {
  pointer: Pointer;
  start: Position;
  /** Absent where parsers may differ: behind blocks of lines, whose last empty lines belong to nobody. */
  end?: Position;
  /** Nothing is written there: it stands on this line, somewhere behind its colon or dash. */
  isNothing: boolean;
  key?: { start: Position; end: Position };
}

/** Every value of a text and where another parser sees it. */
export function placesByYaml(text: string): Seen[] {
  const lines = new LineCounter();
  const tree = parseDocument(text, { lineCounter: lines, logLevel: 'silent' });
  const place = (offset = 0): Position => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const seen: Seen[] = [];
  const walk = (node: Node, pointer: Pointer, key?: Node) => {
    const isBlock = isScalar(node) ? (node.type ?? '').startsWith('BLOCK') : !(node as { flow?: boolean }).flow;
    seen.push({
      pointer,
      start: place(node.range?.[0]),
      ...(isBlock ? {} : { end: place(node.range?.[1]) }),
      isNothing: node.range?.[0] === node.range?.[1],
      ...(key && { key: { start: place(key.range?.[0]), end: place(key.range?.[1]) } }),
    });
    if (isSeq(node)) node.items.forEach((item, index) => walk(item as Node, [...pointer, index]));
    if (isMap(node)) {
      for (const pair of node.items) walk(pair.value as Node, [...pointer, keyOf(pair.key)], pair.key as Node);
    }
  };
  walk(tree.contents as Node, []);
  return seen;
}

/** What `locate` says about each of them, in the same form. */
export function placesByUs(document: Document, seen: readonly Seen[]): Seen[] {
  return seen.map(({ pointer, start, end, isNothing, key }) => {
    const ours = document.locate(pointer);
    const ourKey = document.locate(pointer, 'key');
    const isOnLine = isNothing && ours.start.line === start.line;
    return {
      pointer,
      start: isOnLine ? start : ours.start,
      ...(end && { end: isOnLine ? end : ours.end }),
      isNothing,
      ...(key && { key: { start: ourKey.start, end: ourKey.end ?? ourKey.start } }),
    };
  });
}
