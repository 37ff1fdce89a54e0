import type { Change } from '../../client/changes.ts';
import type { CustomerView } from '../../client/customer-view.ts';
import { digestOf, flagSetOf } from '../ofrep/flag-set.ts';
import { type EventId, writeEventId } from './event-id.ts';
import { absentDigest, type Subject } from './subject.ts';

/** `values` hears that the values are others, as OpenFeature has it; `all` also what of the customer changed, and why. */
export type Hears = 'values' | 'all';

/** Events of one customer that are kept for readers that were away. */
const KEPT = 16;

/** What a customer was when it was last looked at. */
export interface State {
  release: number;
  view: CustomerView | undefined;
  /** Of the values, as OpenFeature tells them. */
  values: string;
  /** Of everything a stream tells. */
  all: string;
}

interface Kept {
  sequence: number;
  /** Who hears it; undefined: everybody. */
  only?: Hears;
  text(hears: Hears): string;
}

/** One subject of any number of streams, and what happened to it lately. */
export interface Watched {
  readonly subject: Subject;
  state: State;
  /** Everything after this event was seen. */
  from: number;
  /** Oldest first. */
  kept: Kept[];
}

/** What is known of somebody who has no values: no file, and no plan of the release. */
export const stateOf = (subject: Subject, view: CustomerView | undefined, release: number): State => {
  const values = view ? flagSetOf(view).digest : absentDigest(subject);
  return { release, view, values, all: digestOf([values, view?.terms ?? null, view?.access ?? null]) };
};

/** The same customer while it cannot be read. */
export const unread = (state: State): State => ({ ...state, values: UNREAD, all: UNREAD });
export const isUnread = ({ values }: State): boolean => values === UNREAD;
const UNREAD = '-';

export const idOf = ({ release, values, all }: State, hears: Hears, sequence: number, origin: string): string =>
  writeEventId({ release, sequence, origin, digest: hears === 'all' ? all : values });

/** The block of an event; data is one line, since JSON has no others. Without an id the reader stays where he was. */
export const block = (id: string | undefined, event: string, data: unknown): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** Keeps an event, and forgets the oldest. */
export function keep(watched: Watched, kept: Kept): void {
  watched.kept.push(kept);
  if (watched.kept.length > KEPT) watched.from = watched.kept.shift()?.sequence ?? watched.from;
}

/** What a reader that comes back has missed; undefined where that is not known. */
export function missed(watched: Watched, last: EventId, hears: Hears, origin: string): string[] | undefined {
  if (last.origin !== origin || last.sequence < watched.from) return undefined;
  return watched.kept
    .filter(({ sequence, only }) => sequence > last.sequence && (only === undefined || only === hears))
    .map(({ text }) => text(hears));
}

/** What of a change is told; never what the customer has, which is asked for. */
export const toldOf = (change: Change, release: number): Readonly<Record<string, unknown>> => ({
  customer: change.customer,
  cause: change.cause,
  parts: change.parts,
  settings: change.settings,
  release,
});
