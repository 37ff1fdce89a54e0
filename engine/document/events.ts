/**
 * The parser's event stream as far as we read it. `document.ts` hands the parser's own events over as these, so the
 * compiler refuses a parser whose numbers or fields have moved, and no other file needs to know which parser it is.
 */
export const EVENT = { document: 1, sequence: 2, mapping: 3, scalar: 4, alias: 5, pop: 6 } as const;

export const STYLE = { plain: 1, singleQuoted: 2, doubleQuoted: 3, literal: 4, folded: 5 } as const;

export const FLOW = 2;

/** Offsets count UTF-16 units from the start of the text; `-1` means absent; ends are exclusive. */
interface Properties {
  readonly anchorStart: number;
  readonly anchorEnd: number;
  readonly tagStart: number;
  readonly tagEnd: number;
}

export interface DocumentEvent {
  readonly type: typeof EVENT.document;
  readonly explicitStart: boolean;
}

export interface CollectionEvent extends Properties {
  readonly type: typeof EVENT.sequence | typeof EVENT.mapping;
  readonly start: number;
  readonly style: 1 | typeof FLOW;
}

export interface ScalarEvent extends Properties {
  readonly type: typeof EVENT.scalar;
  /** Without the quotes, or behind the header line of a block. */
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly style: (typeof STYLE)[keyof typeof STYLE];
  /** The value is the text between the offsets, as it stands. */
  readonly fast: boolean;
  /** Of a block: what becomes of its last line ends, and its indentation. */
  readonly chomping: 1 | 2 | 3;
  readonly indent: number;
}

interface AliasEvent {
  readonly type: typeof EVENT.alias;
  readonly anchorStart: number;
  readonly anchorEnd: number;
}

interface PopEvent {
  readonly type: typeof EVENT.pop;
}

export type ParserEvent = DocumentEvent | CollectionEvent | ScalarEvent | AliasEvent | PopEvent;

/** A text of several lines behind `|` or `>`. */
export const isBlock = (event: ScalarEvent): boolean => event.style === STYLE.literal || event.style === STYLE.folded;

/** The quotes are not part of the value's offsets. */
export const quotesOf = (event: ScalarEvent): 0 | 1 =>
  event.style === STYLE.singleQuoted || event.style === STYLE.doubleQuoted ? 1 : 0;
