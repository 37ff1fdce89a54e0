// The package's minified build: on Node 20 it parses four times faster than its plain ES module, with the same source.
import { type Event, getScalarValue, parseEvents, type ScalarEvent, YAMLException } from 'js-yaml/browser';
import type { Diagnostic, Place } from './diagnostic.ts';
import { decode } from './document/bytes.ts';
import { findHiddenEscapes } from './document/characters.ts';
import { type CollectionEvent, EVENT, FLOW, isBlock, quotesOf, STYLE } from './document/events.ts';
import { findBlankLines, findConflict, findDocumentMarker, findTabs } from './document/layout.ts';
import { readPlain } from './document/plain.ts';
import { type PlacedNode, placeNodes } from './document/positions.ts';
import {
  indexLines,
  type LineIndex,
  MOST_PROBLEMS,
  type Problem,
  placeOf,
  shorten,
  toDiagnostics,
} from './document/problem.ts';
import {
  MOST_LEVELS,
  refuseAlias,
  refuseAnchor,
  refuseMergeKey,
  refuseNesting,
  refuseTag,
} from './document/refused.ts';
import { readSimple } from './document/simple.ts';
import { explainSyntax, oddSpace, type SyntaxFault } from './document/syntax.ts';
import type { SourceFile } from './source-file.ts';

/** The way to a value: keys of mappings and indexes of lists, from the top. */
export type Pointer = readonly (string | number)[];

/** A file as data. */
export interface Document {
  path: string;
  /** Plain objects (their keys are always text), arrays, strings, numbers, booleans and `null`. The top is an object. */
  data: unknown;
  /** Where a value (or its key) stands. What does not exist is placed at the key of its nearest existing parent. */
  locate(pointer: Pointer, what?: 'key' | 'value'): Place;
}

/**
 * Reads one file of the language: a strict subset of YAML 1.2 in which every value is what a reviewer reads.
 * Never throws; the document is absent when anything is wrong.
 */
export function readDocument(file: SourceFile): { document?: Document; diagnostics: Diagnostic[] } {
  const { text, problems } = decode(file.bytes);
  if (problems) return { diagnostics: toDiagnostics(file.path, text, problems) };
  const simple = readSimple(text);
  if (simple)
    return { document: { path: file.path, data: simple, locate: locateIn(file.path, text) }, diagnostics: [] };
  const parsed = parse(text);
  if ('fault' in parsed) {
    const problem = findConflict(text) ?? explainSyntax(text, parsed.fault, beginsMapping);
    return { diagnostics: toDiagnostics(file.path, text, [problem]) };
  }
  const misuse = findMisuse(text, parsed.events);
  if (misuse) return { diagnostics: toDiagnostics(file.path, text, [misuse]) };
  const reading: Reading = { text, events: parsed.events, problems: [], next: 1, level: 0 };
  const data = readNext(reading);
  reading.problems.push(...findTabs(text, parsed.events));
  if (reading.problems.length > 0) return { diagnostics: toDiagnostics(file.path, text, reading.problems) };
  return { document: { path: file.path, data, locate: locateIn(file.path, text) }, diagnostics: [] };
}

// The innermost scalar stands one level deeper than what holds it.
const OPTIONS = { maxDepth: MOST_LEVELS + 1 };

/** What the parser throws, it throws for what a user wrote: it is reported. */
function parse(text: string): { events: Event[] } | { fault: SyntaxFault } {
  try {
    return { events: parseEvents(text, OPTIONS) };
  } catch (error) {
    if (error instanceof YAMLException) return { fault: { reason: error.reason, at: error.mark?.position ?? 0 } };
    return { fault: { reason: 'the parser gave up', at: 0 } };
  }
}

function beginsMapping(text: string): boolean {
  const parsed = parse(text);
  return 'events' in parsed && (parsed.events[1]?.type ?? EVENT.mapping) === EVENT.mapping;
}

/** What keeps a text from being one mapping, before anything in it is looked at. */
function findMisuse(text: string, events: readonly Event[]): Problem | undefined {
  const conflict = text.includes('<<<<<<<') || text.includes('>>>>>>>') ? findConflict(text) : undefined;
  if (conflict) return conflict;
  const [document, root] = events;
  const marker = findDocumentMarker(text, document?.type === EVENT.document && document.explicitStart);
  if (marker) return marker;
  if (root?.type === EVENT.mapping) return undefined;
  const start = Math.max(0, text.search(/^(?![ \t]*(?:#|---|\r?$))/m));
  if (root === undefined || (root.type === EVENT.scalar && isBare(root))) {
    return {
      rule: 'empty-file',
      start: 0,
      end: 0,
      message: 'the file is empty',
      help: 'write it, or delete the file',
    };
  }
  return {
    rule: 'not-a-mapping',
    start,
    end: start + 1,
    message: 'the file must consist of keys and values (name: …)',
    help: 'begin each line with a key and a colon',
  };
}

const isBare = (event: ScalarEvent): boolean =>
  event.valueStart === -1 && event.anchorStart === -1 && event.tagStart === -1;

interface Reading {
  readonly text: string;
  readonly events: readonly Event[];
  readonly problems: Problem[];
  next: number;
  level: number;
}

function readNext(reading: Reading): unknown {
  const event = reading.events[reading.next++];
  switch (event?.type) {
    case EVENT.scalar:
      return readScalar(reading, event);
    case EVENT.mapping:
      return readMapping(reading, event);
    case EVENT.sequence:
      return readSequence(reading, event);
    case EVENT.alias:
      reading.problems.push(refuseAlias(event.anchorStart - 1, event.anchorEnd));
      return null;
    default:
      return null;
  }
}

function readMapping(reading: Reading, opening: CollectionEvent): Record<string, unknown> {
  enter(reading, opening);
  const first = reading.next;
  const mapping: Record<string, unknown> = {};
  for (let event = nextInside(reading); event; event = nextInside(reading)) {
    const key = readKey(reading, event);
    const value = reading.events[reading.next];
    if (opening.style !== FLOW) refuseStrayKey(reading, event);
    else if (value) refuseUnclearPair(reading, event, value);
    const read = readNext(reading);
    if (key === undefined || event.type !== EVENT.scalar) continue;
    // Only an own key counts: `mapping.constructor` is never undefined.
    if (mapping[key] !== undefined && Object.hasOwn(mapping, key)) noteTwice(reading, first, event, key);
    else mapping[key] = read;
  }
  leave(reading);
  return mapping;
}

function readSequence(reading: Reading, opening: CollectionEvent): unknown[] {
  enter(reading, opening);
  const list: unknown[] = [];
  while (nextInside(reading)) list.push(readNext(reading));
  leave(reading);
  return list;
}

/** The next event of the collection being read. None when enough is wrong: what was read is thrown away then. */
function nextInside({ events, next, problems }: Reading): Event | undefined {
  const event = events[next];
  return event?.type === EVENT.pop || problems.length >= MOST_PROBLEMS ? undefined : event;
}

function enter(reading: Reading, event: CollectionEvent): void {
  refuseProperties(reading, event);
  if (++reading.level === MOST_LEVELS + 1) reading.problems.push(refuseNesting(event.start, event.start + 1));
}

function leave(reading: Reading): void {
  reading.level--;
  reading.next++;
}

function refuseProperties(reading: Reading, event: CollectionEvent | ScalarEvent): void {
  if (event.anchorStart !== -1) reading.problems.push(refuseAnchor(event.anchorStart - 1, event.anchorEnd));
  if (event.tagStart !== -1) reading.problems.push(refuseTag(event.tagStart, event.tagEnd));
}

/** Takes the key's event and all it holds. The key as text, whatever it looks like; nothing when it is refused. */
function readKey(reading: Reading, event: Event): string | undefined {
  if (event.type !== EVENT.scalar) {
    const start = 'start' in event ? event.start : 0;
    if (event.type !== EVENT.alias) reading.problems.push(refuseKey(start, start + 1, NO_TEXT));
    readNext(reading);
    return undefined;
  }
  reading.next++;
  refuseProperties(reading, event);
  const known = reading.problems.length;
  const key = readText(reading, event);
  // A key with hidden characters must not come back in the words of another problem.
  if (reading.problems.length > known) return undefined;
  if (key === '') {
    const { start, end } = placeKey(reading, event);
    reading.problems.push(refuseKey(start, end, 'there is no key before this colon'));
  } else if (key === '<<') reading.problems.push(refuseMergeKey(event.valueStart, event.valueEnd));
  else if (key === '__proto__') reading.problems.push(refuseProto(event.valueStart, event.valueEnd));
  else if (!event.fast && (isBlock(event) || reading.text.slice(event.valueStart, event.valueEnd).includes('\n'))) {
    reading.problems.push(refuseKey(event.valueStart, event.valueEnd, 'a key must stand on one line'));
  } else return key;
  return undefined;
}

const NO_TEXT = 'a key must be a text, not a list or a mapping';

const refuseKey = (start: number, end: number, message: string): Problem => ({
  rule: 'key-not-text',
  start,
  end,
  message,
  help: 'write key: value, the key one short text',
});

const refuseProto = (start: number, end: number): Problem => ({
  rule: 'unknown-key',
  start,
  end,
  message: 'unknown key __proto__',
  help: 'remove it',
});

function noteTwice(reading: Reading, first: number, event: ScalarEvent, key: string): void {
  const { start, end } = placeKey(reading, event);
  const before = placeKey(reading, findKey(reading, first, key) ?? event);
  reading.problems.push({
    rule: 'duplicate-key',
    start,
    end,
    message: `the key ${shorten(key)} is here twice`,
    help: 'keep one of the two',
    related: { message: `${shorten(key)} stands here first`, start: before.start, end: before.end },
  });
}

/** The key's first event in the mapping whose content begins at the event `first`. */
function findKey({ text, events }: Reading, first: number, key: string): ScalarEvent | undefined {
  let level = 0;
  let isKey = true;
  for (let next = first; level >= 0; next++) {
    const event = events[next];
    if (event === undefined) return undefined;
    if (level === 0 && isKey && event.type === EVENT.scalar && getScalarValue(text, event) === key) return event;
    if (event.type === EVENT.mapping || event.type === EVENT.sequence) level++;
    else if (event.type === EVENT.pop) level--;
    if (level === 0) isKey = !isKey;
  }
  return undefined;
}

/** `{ seats: 1,000 }` and `{ seats:5 }` are mappings too, but not the ones that were meant. */
function refuseUnclearPair(reading: Reading, key: Event, value: Event): void {
  const { text } = reading;
  if (value.type === EVENT.scalar && isBare(value)) {
    if (key.type !== EVENT.scalar) return;
    const { start, end } = placeKey(reading, key);
    const written = shorten(text.slice(start, end));
    const help = text.slice(start, end).includes(':')
      ? 'put a space after the colon'
      : 'write key: value; a text with a comma needs quotes';
    reading.problems.push({ rule: 'missing-value', start, end, message: `the key ${written} has no value`, help });
    return;
  }
  // JSON's `"key":value` is clear; a colon that touches its value and not its key is not.
  const start = value.type === EVENT.scalar ? placeKey(reading, value).start : 'start' in value ? value.start : 0;
  if (text[start - 1] === ':' && !/["']/.test(text[start - 2] ?? '')) {
    const message = 'a space is missing after the colon';
    reading.problems.push({ rule: 'yaml-syntax', start: start - 1, end: start, message, help: 'write key: value' });
  }
}

/** A key of a block begins its line, but for `- ` before it. The parser also takes `- "a"b: c` and `? key`. */
function refuseStrayKey(reading: Reading, key: Event): void {
  if (key.type !== EVENT.scalar || key.valueStart === -1 || key.anchorStart !== -1 || key.tagStart !== -1) return;
  const start = key.valueStart - quotesOf(key);
  let before = start - 1;
  while (before >= 0 && ' \t-'.includes(reading.text.charAt(before))) before--;
  if (before < 0 || reading.text.charAt(before) === '\n') return;
  const message = 'a key must begin on a line of its own';
  const help = 'move it to the beginning of a line and write key: value';
  reading.problems.push({ rule: 'key-not-text', start, end: key.valueEnd, message, help });
}

/** With its quotes; an empty key is placed at its colon. */
function placeKey({ text, events, next }: Reading, event: ScalarEvent): { start: number; end: number } {
  if (event.valueStart !== -1) {
    const quotes = quotesOf(event);
    return { start: event.valueStart - quotes, end: event.valueEnd + quotes };
  }
  for (let before = next - 1; before > 0; before--) {
    const known = events[before];
    const end = known?.type === EVENT.scalar ? known.valueEnd : known && 'start' in known ? known.start : -1;
    if (end === -1) continue;
    const colon = Math.max(end, text.indexOf(':', end));
    return { start: colon, end: colon + 1 };
  }
  return { start: 0, end: 1 };
}

function readScalar(reading: Reading, event: ScalarEvent): unknown {
  refuseProperties(reading, event);
  const text = readText(reading, event);
  if (event.style !== STYLE.plain) return text;
  const value = readPlain(text);
  if (typeof value !== 'object' || value === null) return value;
  reading.problems.push({ ...value, start: event.valueStart, end: event.valueEnd });
  return null;
}

function readText(reading: Reading, event: ScalarEvent): string {
  const { text } = reading;
  const { valueStart, valueEnd } = event;
  if (event.style === STYLE.plain && text.charCodeAt(valueStart) > 0x7f) refuseOddSpace(reading, event);
  if (event.fast) return text.slice(valueStart, valueEnd);
  const raw = valueStart === -1 ? '' : text.slice(valueStart, valueEnd);
  if (event.style === STYLE.doubleQuoted) reading.problems.push(...findHiddenEscapes(raw, valueStart));
  if (isBlock(event)) reading.problems.push(...findBlankLines(raw, valueStart, event.indent));
  return getScalarValue(text, event);
}

/** A no-break space would become the first letter of a key or a text. */
function refuseOddSpace(reading: Reading, { valueStart, valueEnd }: ScalarEvent): void {
  const content = reading.text.slice(valueStart, valueEnd);
  const odd = content.length - content.trimStart().length;
  if (odd > 0) reading.problems.push(oddSpace(valueStart, valueStart + odd));
}

/** Most documents are never asked for a place, so the text is parsed again for the first question. */
function locateIn(path: string, text: string): Document['locate'] {
  let root: PlacedNode | undefined;
  let lines: LineIndex | undefined;
  return (pointer, what = 'value') => {
    root ??= placeNodes(text, parseEvents(text, OPTIONS), (event) => getScalarValue(text, event));
    lines ??= indexLines(text);
    const { start, end } = findPlace(root, pointer, what);
    return placeOf(path, lines, start, end);
  };
}

function findPlace(root: PlacedNode, pointer: Pointer, what: 'key' | 'value'): { start: number; end: number } {
  let node = root;
  for (const step of pointer) {
    const child = node.children?.get(String(step));
    if (!child) return node.key ?? firstKey(node);
    node = child;
  }
  return what === 'key' ? (node.key ?? firstKey(node)) : node;
}

/** The top and the items of a list have no key of their own: the first one in them is what a reader looks for. */
function firstKey(node: PlacedNode): { start: number; end: number } {
  for (const child of node.children?.values() ?? []) return child.key ?? child;
  return node;
}
