import type { Customer } from '../../schemas/customer.ts';
import type { Entry } from '../model.ts';
import type { JsonValue } from './row.ts';

/** What one customer says to a question: a key that others may ask for, and what goes with it, as JSON. */
export type Answer<V extends JsonValue = JsonValue> = readonly [key: string, value: V];

/** One thing that is asked of everybody: who has this domain, which exceptions does this person own. */
export interface Question<V extends JsonValue = JsonValue> {
  /** The word its keys begin with in a table; no two questions share one. */
  word: string;
  /** Depends on the customer's file alone, never on plans, policies or the day. */
  answers(customer: Entry<Customer>): Iterable<Answer<V>>;
}

export const rowKey = ({ word }: Pick<Question, 'word'>, key: string): string => `${word} ${key}`;
