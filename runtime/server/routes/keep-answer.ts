import type { CustomerView } from '../../client/customer-view.ts';
import type { Freshness } from '../../client/freshness.ts';
import type { Answer } from '../route.ts';

/** How far an answer can be relied on, as it says it. */
export type Reliance = Pick<Freshness, 'state' | 'source'>;

/** Of the view: `what` is of a few kinds, `of` is anything the kind is asked about, such as a key. */
export interface Question {
  view: CustomerView;
  what: 'terms' | 'settings' | 'setting' | 'explain' | 'flag' | 'flags';
  of?: string;
}

/** What is kept is what is answered: each step from one object to another is memory that a seldom asked customer has not near. */
interface Kept extends Answer, Reliance {
  of: string;
  /** In bytes, about. */
  weight: number;
}

/** Forgotten with the moment the view is of. Most customers are asked one thing of a kind. */
interface Answers {
  first: WeakMap<CustomerView, Kept>;
  others: WeakMap<CustomerView, Map<string, Kept>>;
}

/** Bytes that answers may take until those nobody asked for meanwhile are forgotten; there may be twice as many. */
const MOST = 64_000_000;
/** What an answer takes beside its text, which is also what is sent, and is held a second time where it was compressed. */
const BESIDE = 1_300;
const COMPRESSED = 0.7;

let recent = new Map<Question['what'], Answers>();
let before: typeof recent = new Map();
let total = 0;

/**
 * Answers about a customer with JSON, which says how far it can be relied on. The same question of the same view has the same
 * answer, until it can be relied on otherwise, or so many others were asked that it is made anew.
 */
export function keepAnswer(
  question: Question,
  make: (reliance: Reliance) => Readonly<Record<string, unknown>>,
  headers?: Answer['headers'],
): Answer {
  const { view, what, of = '' } = question;
  const { state, source } = view.freshness;
  const known = find(recent, view, what, of) ?? rescue(view, what, of);
  if (known && known.state === state && known.source === source) return known;
  const writtenJson = JSON.stringify(make({ state, source }));
  const weight = writtenJson.length * (1 + COMPRESSED) + of.length + BESIDE;
  const kept: Kept = { status: 200, headers, writtenJson, preparing: 'wanted', state, source, of, weight };
  keep(view, what, kept);
  return kept;
}

function find(among: typeof recent, view: CustomerView, what: Question['what'], of: string): Kept | undefined {
  const answers = among.get(what);
  const first = answers?.first.get(view);
  return first === undefined || first.of === of ? first : answers?.others.get(view)?.get(of);
}

/** What is asked for again is not forgotten. */
function rescue(view: CustomerView, what: Question['what'], of: string): Kept | undefined {
  const known = find(before, view, what, of);
  if (known) keep(view, what, known);
  return known;
}

function keep(view: CustomerView, what: Question['what'], kept: Kept): void {
  total += kept.weight;
  if (total > MOST) {
    before = recent;
    recent = new Map();
    total = kept.weight;
  }
  const answers = recent.get(what) ?? { first: new WeakMap(), others: new WeakMap() };
  recent.set(what, answers);
  const first = answers.first.get(view);
  if (first === undefined || first.of === kept.of) answers.first.set(view, kept);
  else answers.others.set(view, (answers.others.get(view) ?? new Map()).set(kept.of, kept));
}
