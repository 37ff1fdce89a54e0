import type { CustomerView } from '../../client/customer-view.ts';
import type { Freshness } from '../../client/freshness.ts';
import type { Answer } from '../route.ts';

/** How far an answer can be relied on, as it says it. */
export type Reliance = Pick<Freshness, 'state' | 'source'>;

interface Kept extends Reliance {
  answer: Answer;
  /** In bytes, about. */
  weight: number;
}

/** By what is asked of a customer; forgotten with the moment the view is of. */
type Answers = WeakMap<CustomerView, Map<string, Kept>>;

/** Bytes that answers may take until those nobody asked for meanwhile are forgotten; there may be twice as many. */
const MOST = 64_000_000;
/** What an answer takes beside its text, which is also what is sent, and is held a second time where it was compressed. */
const BESIDE = 1_300;
const COMPRESSED = 0.7;

let recent: Answers = new WeakMap();
let before: Answers = new WeakMap();
let total = 0;

/**
 * Answers about a customer with JSON, which says how far it can be relied on. The same question of the same view has the same
 * answer, until it can be relied on otherwise, or so many others were asked that it is made anew.
 */
export function keepAnswer(
  view: CustomerView,
  what: string,
  make: (reliance: Reliance) => Readonly<Record<string, unknown>>,
  headers?: Answer['headers'],
): Answer {
  const { state, source } = view.freshness;
  const known = recent.get(view)?.get(what) ?? rescue(view, what);
  if (known && known.state === state && known.source === source) return known.answer;
  const writtenJson = JSON.stringify(make({ state, source }));
  const answer: Answer = { status: 200, headers, writtenJson, kept: {} };
  keep(view, what, { state, source, answer, weight: writtenJson.length * (1 + COMPRESSED) + what.length + BESIDE });
  return answer;
}

/** What is asked for again is not forgotten. */
function rescue(view: CustomerView, what: string): Kept | undefined {
  const known = before.get(view)?.get(what);
  if (known) keep(view, what, known);
  return known;
}

function keep(view: CustomerView, what: string, kept: Kept): void {
  total += kept.weight;
  if (total > MOST) {
    before = recent;
    recent = new WeakMap();
    total = kept.weight;
  }
  const answers = recent.get(view);
  if (answers) answers.set(what, kept);
  else recent.set(view, new Map([[what, kept]]));
}
