import type { Customer } from '../../schemas/customer.ts';
import type { Entry } from '../model.ts';
import type { Question } from './question.ts';
import type { JsonValue } from './row.ts';

/** A customer that gives an answer. */
export interface Found<V> {
  customer: string;
  path: string;
  value: V;
}

/** Everybody's answers, without anybody's file being read for it where they are known. */
export interface Register {
  /** Who answers so, in the order of their files; of one file in the order of the values as JSON. */
  find<V extends JsonValue>(question: Question<V>, key: string): readonly Found<V>[];
}

export type Customers = ReadonlyMap<string, Entry<Customer>>;

const registers = new WeakMap<Customers, Register>();

/** The register of these customers: the one they came with, else one that goes through all of them, once a question. */
export function registerOf(customers: Customers): Register {
  const known = registers.get(customers) ?? registerInMemory(customers);
  registers.set(customers, known);
  return known;
}

/** From now on the register of these customers. */
export function setRegister(customers: Customers, register: Register): void {
  registers.set(customers, register);
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** The order of answers, wherever they are kept. */
export const byFile = (one: Found<JsonValue>, other: Found<JsonValue>): number =>
  compare(one.path, other.path) || compare(JSON.stringify(one.value), JSON.stringify(other.value));

function registerInMemory(customers: Customers): Register {
  const asked = new Map<Question<never>, Map<string, Found<JsonValue>[]>>();
  const answersTo = (question: Question): Map<string, Found<JsonValue>[]> => {
    const all = new Map<string, Found<JsonValue>[]>();
    for (const customer of customers.values())
      for (const [key, value] of question.answers(customer)) {
        const found = { customer: customer.id, path: customer.document.path, value };
        const others = all.get(key);
        if (others) others.push(found);
        else all.set(key, [found]);
      }
    for (const found of all.values()) if (found.length > 1) found.sort(byFile);
    return all;
  };
  return {
    find<V extends JsonValue>(question: Question<V>, key: string) {
      const all = asked.get(question as Question<never>) ?? answersTo(question);
      asked.set(question as Question<never>, all);
      return (all.get(key) ?? []) as Found<V>[];
    },
  };
}
