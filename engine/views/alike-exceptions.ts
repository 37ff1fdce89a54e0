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

/** By what an exception does. */
export type AlikeGroups = ReadonlyMap<string, Alike>;

/** Groups every exception that is in force or to come by what it does, such as `set seats 50`. */
export function alikeExceptions({ customers, at, compiled }: Company): AlikeGroups {
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

/** The first of others, and how many there are. */
export interface Others {
  first: readonly string[];
  inAll: number;
}

/** Names of others, of whom many exceptions have the same thousands. */
const FIRST = 20;

/** Says of exceptions which other customers have something of the same, by id. */
export function othersAlike(groups: AlikeGroups): (customer: string, exception: Exception) => Others {
  // Most have the same few effects, and so the same others.
  const known = new Map<string, ReadonlySet<string>>();
  const withAny = (keys: readonly string[]): ReadonlySet<string> => {
    const name = keys.join('\n');
    const found = known.get(name);
    if (found) return found;
    // Groups are in the order of the ids already: only several have to be brought together.
    const ids = keys.flatMap((key) => groups.get(key)?.customers ?? []);
    const all = new Set(keys.length > 1 ? ids.sort() : ids);
    known.set(name, all);
    return all;
  };
  return (customer, exception) => {
    const all = withAny(effectsOf(exception).map(({ key }) => key));
    const first: string[] = [];
    for (const id of all) {
      if (first.length === FIRST) break;
      if (id !== customer) first.push(id);
    }
    return { first, inAll: all.has(customer) ? all.size - 1 : all.size };
  };
}
