import type { Freshness } from '../client/freshness.ts';
import type { LazyReader, Reader } from '../client/terms.ts';
import { among } from './among.ts';
import type { Place } from './find-route.ts';
import type { Preparing } from './prepare-answer.ts';
import type { Route, Scope } from './route.ts';

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

/** What was given for an answer, ready to be sent. */
export interface Given {
  preparing: Preparing;
  place: Place;
  scope: Route['scope'];
  /** As `Answer` has it. */
  holds(): boolean;
}

/** What is kept is what is answered: each step from one object to another is memory that a seldom asked customer has not near. */
interface Kept extends Given, Reliance {
  /** In bytes, about. */
  weight: number;
}

export interface KeptAnswers {
  /** What a question was answered, if it would be answered the same now. */
  find(reader: Reader | LazyReader, question: Question): Given | undefined;
  /** Keeps what `reader` was asked; `asOf` is what could be relied on before it was. */
  keep(reader: Reader | LazyReader, asOf: Reliance, question: Question, given: Given): void;
}

/** By the address, where a question has a body, and by its text. */
type Answers = Map<string, Map<string, Kept>>;
type Generation = Map<ReadonlySet<Scope>, Answers>;

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

  const keep = ({ scopes, text, to }: Question, kept: Kept): void => {
    if (total + kept.weight > most) {
      before = recent;
      recent = new Map();
      total = 0;
    }
    total += kept.weight;
    among(among(recent, scopes), to).set(text, kept);
  };
  /** What is asked for again is not forgotten. */
  const rescue = (question: Question): Kept | undefined => {
    const known = seek(before, question);
    if (known) keep(question, known);
    return known;
  };

  return {
    find(reader, question) {
      if (reader !== of) return undefined;
      const kept = seek(recent, question) ?? rescue(question);
      if (!kept) return undefined;
      const { state, source } = reader.freshness;
      return kept.state === state && kept.source === source && kept.holds() ? kept : undefined;
    },
    keep(reader, { state, source }, question, { preparing, place, scope, holds }) {
      if (reader !== of) {
        of = reader;
        recent = new Map();
        before = new Map();
        total = 0;
      }
      const bytes = preparing.plain().bytes;
      const weight = bytes * (1 + COMPRESSED) + question.text.length + question.to.length + BESIDE;
      keep(question, { preparing, place, scope, holds, state, source, weight });
    },
  };
}

const seek = (generation: Generation, { scopes, text, to }: Question): Kept | undefined =>
  generation.get(scopes)?.get(to)?.get(text);
