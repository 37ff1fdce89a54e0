import type { Exception } from '../../schemas/exception.ts';
import { effectsOf } from '../checks/facts/effects-of.ts';
import { exceptionState } from '../exception-state.ts';
import type { Company } from './company.ts';

/** Who has the same through an exception that is in force or to come. */
export interface Alike {
  /** What it is: `seats 50`. */
  words: string;
  /** Ids, each once, in their order. */
  customers: readonly string[];
  /** The first record, by its customer and its place among the customer's exceptions. */
  first: { customer: string; index: number };
}

/** Groups every exception that is in force or to come by what it does, such as `set seats 50`. */
export function alikeExceptions({ customers, at, compiled }: Company): ReadonlyMap<string, Alike> {
  const groups = new Map<string, Alike & { customers: string[] }>();
  for (const entry of customers) {
    if (!entry.data.exceptions) continue;
    for (const course of compiled(entry).exceptions) {
      const { exception, index } = course;
      const state = exceptionState(exception, course, at);
      if (state !== 'active' && state !== 'notStarted') continue;
      for (const { key, words } of effectsOf(exception)) {
        const group = groups.get(key) ?? { words, customers: [], first: { customer: entry.id, index } };
        if (group.customers.at(-1) !== entry.id) group.customers.push(entry.id);
        groups.set(key, group);
      }
    }
  }
  return groups;
}

/** The other customers that have something of the same, by id. */
export function othersAlike(groups: ReadonlyMap<string, Alike>, customer: string, exception: Exception): string[] {
  const [first, ...more] = effectsOf(exception).map(({ key }) => groups.get(key)?.customers ?? []);
  const others = (first ?? []).filter((id) => id !== customer);
  // Groups are in the order of the ids already: only several have to be brought together.
  if (more.length === 0) return others;
  return [...new Set([...others, ...more.flat()])].filter((id) => id !== customer).sort();
}
