import type { CustomerView } from '../../client/customer-view.ts';
import type { Freshness } from '../../client/freshness.ts';
import type { Answer } from '../route.ts';

interface Kept {
  state: Freshness['state'];
  source: Freshness['source'];
  answer: Answer;
}

/** By what is asked of a customer; forgotten with the moment the view is of. */
const kept = new WeakMap<CustomerView, Map<string, Kept>>();

/**
 * Answers about a customer, with how far that can be relied on. The same question of the same view has the same answer, until
 * it can be relied on otherwise. `what` is one of few words, never what a client wrote.
 */
export function keepAnswer(view: CustomerView, what: string, make: () => Readonly<Record<string, unknown>>): Answer {
  const { state, source } = view.freshness;
  let answers = kept.get(view);
  if (!answers) {
    answers = new Map();
    kept.set(view, answers);
  }
  const known = answers.get(what);
  if (known && known.state === state && known.source === source) return known.answer;
  const answer: Answer = { status: 200, json: { ...make(), freshness: { state, source } }, isKept: true };
  answers.set(what, { state, source, answer });
  return answer;
}
