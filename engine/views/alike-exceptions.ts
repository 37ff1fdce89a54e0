import type { Exception } from '../../schemas/exception.ts';
import { effectsOf } from '../checks/facts/effects-of.ts';
import { exceptionState } from '../exception-state.ts';
import type { Company } from './company.ts';

/** Who has what through an exception that is in force or to come: customers by effect, such as `set seats 50`. */
export interface Alike {
  words: string;
  holders: readonly { customer: string; id: string }[];
}

/** Groups every exception that is in force or to come by what it does. */
export function alikeExceptions({ customers, at, compiled }: Company): ReadonlyMap<string, Alike> {
  const groups = new Map<string, { words: string; holders: { customer: string; id: string }[] }>();
  for (const entry of customers) {
    if (!entry.data.exceptions) continue;
    for (const course of compiled(entry).exceptions) {
      const { exception } = course;
      const state = exceptionState(exception, course, at);
      if (state !== 'active' && state !== 'notStarted') continue;
      for (const { key, words } of effectsOf(exception)) {
        const group = groups.get(key) ?? { words, holders: [] };
        group.holders.push({ customer: entry.id, id: exception.id });
        groups.set(key, group);
      }
    }
  }
  return groups;
}

/** The other customers that have something of the same. */
export function othersAlike(groups: ReadonlyMap<string, Alike>, customer: string, exception: Exception): string[] {
  const holders = effectsOf(exception).flatMap(({ key }) => groups.get(key)?.holders ?? []);
  return [...new Set(holders.map((holder) => holder.customer).filter((id) => id !== customer))].sort();
}
