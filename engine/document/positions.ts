import { type CollectionEvent, EVENT, FLOW, isBlock, type ParserEvent, quotesOf, type ScalarEvent } from './events.ts';

/** Offsets, the end exclusive. */
export interface Range {
  start: number;
  end: number;
}

/** Where a value stands, where its key stands, and the same for everything in it. */
export interface PlacedNode extends Range {
  key?: Range;
  /** By key, or by the index in a list, as text. */
  children?: Map<string, PlacedNode>;
}

interface Walk {
  readonly text: string;
  readonly events: readonly ParserEvent[];
  readonly readText: (event: ScalarEvent) => string;
  next: number;
  /** End of what was placed last: what the parser does not tell (empty values, brackets) is searched from here. */
  end: number;
}

/** Places everything in the one document of `events`; only for events that `readDocument` has accepted. */
export function placeNodes(
  text: string,
  events: readonly ParserEvent[],
  readText: (event: ScalarEvent) => string,
): PlacedNode {
  return placeNext({ text, events, readText, next: 1, end: 0 });
}

function placeNext(walk: Walk): PlacedNode {
  const event = walk.events[walk.next++];
  if (event?.type === EVENT.mapping) return placeMapping(walk, event);
  if (event?.type === EVENT.sequence) return placeSequence(walk, event);
  if (event?.type === EVENT.scalar) return placeScalar(walk, event);
  return { start: walk.end, end: walk.end };
}

function placeMapping(walk: Walk, event: CollectionEvent): PlacedNode {
  const children = new Map<string, PlacedNode>();
  walk.end = Math.max(walk.end, event.start);
  for (let key = walk.events[walk.next]; key?.type === EVENT.scalar; key = walk.events[walk.next]) {
    walk.next++;
    const { start, end } = placeScalar(walk, key);
    if (isEmpty(walk.events[walk.next])) walk.end = pastIndicator(walk, ':');
    children.set(walk.readText(key), { ...placeNext(walk), key: { start, end } });
  }
  return closeCollection(walk, event, '}', children);
}

function placeSequence(walk: Walk, event: CollectionEvent): PlacedNode {
  const children = new Map<string, PlacedNode>();
  walk.end = Math.max(walk.end, event.start);
  for (let item = walk.events[walk.next]; item && item.type !== EVENT.pop; item = walk.events[walk.next]) {
    if (isEmpty(item)) walk.end = pastIndicator(walk, '-');
    children.set(String(children.size), placeNext(walk));
  }
  return closeCollection(walk, event, ']', children);
}

function closeCollection(
  walk: Walk,
  event: CollectionEvent,
  bracket: string,
  children: Map<string, PlacedNode>,
): PlacedNode {
  walk.next++;
  const opened = walk.text[event.start];
  // A pair inside a flow list (`[a: 1]`) is a mapping of its own without brackets.
  if (event.style === FLOW && (opened === '{' || opened === '[')) {
    if (walk.end === event.start) walk.end++;
    walk.end = pastIndicator(walk, bracket);
  }
  return { start: event.start, end: walk.end, children };
}

function placeScalar(walk: Walk, event: ScalarEvent): PlacedNode {
  if (isEmpty(event)) return { start: walk.end, end: walk.end };
  const quotes = quotesOf(event);
  const start = isBlock(event) ? headerOf(walk, event) : event.valueStart - quotes;
  walk.end = Math.max(event.valueEnd + quotes, start + 1);
  return { start, end: walk.end };
}

function isEmpty(event: ParserEvent | undefined): boolean {
  return event?.type === EVENT.scalar && event.valueStart === -1;
}

/** The parser gives the lines of a block; its `|` or `>` stands on the line before them, behind its key. */
function headerOf(walk: Walk, event: ScalarEvent): number {
  const lineEnd = walk.text[event.valueStart - 1] === '\n' ? event.valueStart - 1 : event.valueStart;
  const lineStart = walk.text.lastIndexOf('\n', lineEnd - 1) + 1;
  const from = Math.max(lineStart, walk.end);
  const found = /[|>][-+0-9]*[ \t]*(?:[ \t]#.*)?\r?$/.exec(walk.text.slice(from, lineEnd));
  return from + (found?.index ?? 0);
}

/** Behind the next `:`, `-` or bracket, past spaces, line ends, comments and commas. */
function pastIndicator(walk: Walk, indicator: string): number {
  let at = walk.end;
  for (;;) {
    const character = walk.text[at];
    if (character === undefined) return walk.end;
    if (character === indicator) return at + 1;
    if (character === '#') {
      const lineEnd = walk.text.indexOf('\n', at);
      at = lineEnd === -1 ? walk.text.length : lineEnd;
    } else if (/[\s,]/.test(character)) at++;
    else return walk.end;
  }
}
