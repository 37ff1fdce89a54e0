import { sameValue } from './favour.ts';
import type { Detail, DetailNeed, Rules } from './rules.ts';
import type { Segment, Value } from './timeline.ts';

/** A detail a customer has to be asked for. */
export interface AskedDetail extends Omit<Detail, 'when'> {
  detail: string;
}

/** The details a customer needs in a segment, but those that are known already. Who is closed or has lapsed is asked nothing. */
export function askedDetails(
  { onboarding }: Pick<Rules, 'onboarding'>,
  segment: Segment,
  values: Readonly<Record<string, Value>>,
  known: readonly string[] = [],
): AskedDetail[] {
  if (isOver(segment)) return [];
  return Object.entries(onboarding).flatMap(([detail, { when, ...asked }]) =>
    known.includes(detail) || (when && !isNeeded(when, segment, values)) ? [] : [{ detail, ...asked }],
  );
}

/** An account that is closed or has lapsed is asked nothing. */
export const isOver = ({ stage }: Pick<Segment, 'stage'>): boolean => stage === 'closed' || stage === 'lapsed';

/** Whether a setting, a term or the plan of a segment calls for a detail. */
export function isNeeded(
  when: DetailNeed,
  segment: Pick<Segment, 'plan' | 'terms'>,
  values: Readonly<Record<string, Value>>,
): boolean {
  if ('setting' in when) return sameValue(values[when.setting], when.is);
  if ('term' in when) return termAt(segment, when.term) === when.is;
  const names = typeof when.plan === 'string' ? [when.plan] : when.plan;
  return names.includes(segment.plan) || names.includes(segment.plan.slice(0, segment.plan.indexOf('@')));
}

const termAt = ({ terms }: Pick<Segment, 'terms'>, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (tree, key) =>
        typeof tree === 'object' && tree !== null && Object.hasOwn(tree, key) ? Reflect.get(tree, key) : undefined,
      terms,
    );
