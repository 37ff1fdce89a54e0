import type { Freshness } from '../client/freshness.ts';
import type { LazyReader, Reader } from '../client/terms.ts';
import type { Place } from './find-route.ts';
import type { Preparing } from './prepare-answer.ts';
import type { Answer, Route, Scope } from './route.ts';

/** How far what is read can be relied on, as answers say it. */
export type Reliance = Pick<Freshness, 'state' | 'source'>;

/** What was asked, whole: the same text of the same place, by somebody who may see as much, has the same answer. */
export interface Question {
  scopes: ReadonlySet<Scope>;
  /** Its body, or its address where it has none. */
  text: string;
  /** The address of a question with a body; else empty. */
  to: string;
}

/** An answer that was given, ready to be sent. */
export interface Given {
  answer: Answer;
  preparing: Preparing;
  place: Place;
  scope: Route['scope'];
}

/** What is kept is what is answered: each step from one object to another is memory that a seldom asked customer has not near. */
interface Kept extends Given, Reliance {
  to: string;
  /** In bytes, about. */
  weight: number;
  /** What the same text was answered elsewhere; most is asked in one place. */
  others: Map<string, Kept> | undefined;
}

export interface KeptAnswers {
  /** What a question was answered, if it would be answered the same now. */
  find(reader: Reader | LazyReader, question: Question): Given | undefined;
  /** Keeps what `reader` was asked; `asOf` is what could be relied on before it was. */
  keep(reader: Reader | LazyReader, asOf: Reliance, question: Question, given: Given): void;
}

type Generation = Map<ReadonlySet<Scope>, Map<string, Kept>>;

/** Bytes that answers may take until those nobody asked for meanwhile are forgotten; there may be twice as many. */
const MOST = 64_000_000;
/** What an answer takes beside its text, which is also what is sent, and is held a second time where it was compressed. */
const BESIDE = 1_300;
const COMPRESSED = 0.7;

export const relianceOf = ({ freshness: { state, source } }: Pick<Reader, 'freshness'>): Reliance => ({
  state,
  source,
});

/**
 * Keeps the answers to what is asked again and again. They are of one release on one day, are forgotten with it, and are given as
 * long as it can be relied on as it could, and they hold.
 */
export function keptAnswers(most: number = MOST): KeptAnswers {
  let of: Reader | LazyReader | undefined;
  let recent: Generation = new Map();
  let before: Generation = new Map();
  let total = 0;

  const put = (among: Map<string, Kept>, text: string, kept: Kept): void => {
    total += kept.weight;
    const first = among.get(text);
    if (!first || first.to === kept.to) {
      kept.others = first?.others;
      among.set(text, kept);
    } else {
      first.others ??= new Map();
      first.others.set(kept.to, kept);
    }
  };
  const keep = (scopes: ReadonlySet<Scope>, text: string, kept: Kept): void => {
    if (total + kept.weight > most) {
      before = recent;
      recent = new Map();
      total = 0;
    }
    const among = recent.get(scopes) ?? new Map<string, Kept>();
    recent.set(scopes, among);
    put(among, text, kept);
  };
  /** What is asked for again is not forgotten. */
  const rescue = ({ scopes, text, to }: Question): Kept | undefined => {
    const known = seek(before, scopes, text, to);
    if (known) keep(scopes, text, { ...known, others: undefined });
    return known;
  };

  return {
    find(reader, question) {
      if (reader !== of) return undefined;
      const { scopes, text, to } = question;
      const kept = seek(recent, scopes, text, to) ?? rescue(question);
      if (!kept) return undefined;
      const { state, source } = reader.freshness;
      return kept.state === state && kept.source === source && kept.answer.holds?.() ? kept : undefined;
    },
    keep(reader, { state, source }, { scopes, text, to }, { answer, preparing, place, scope }) {
      if (reader !== of) {
        of = reader;
        recent = new Map();
        before = new Map();
        total = 0;
      }
      const bytes = preparing.plain().bytes;
      const weight = bytes * (1 + COMPRESSED) + text.length + to.length + BESIDE;
      keep(scopes, text, { answer, preparing, place, scope, state, source, to, weight, others: undefined });
    },
  };
}

function seek(among: Generation, scopes: ReadonlySet<Scope>, text: string, to: string): Kept | undefined {
  const first = among.get(scopes)?.get(text);
  return first === undefined || first.to === to ? first : first.others?.get(to);
}
