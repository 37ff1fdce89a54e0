import { isNeeded, isOver } from '../runtime/terms/asked-details.ts';
import { fold } from '../runtime/terms/fold.ts';
import type { Day, Timeline } from '../runtime/terms/timeline.ts';
import type { Customer } from '../schemas/customer.ts';
import type { Onboarding } from '../schemas/policies.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Entry, World } from './model.ts';

type When = NonNullable<Onboarding['details'][string]['when']>;

/** A detail that must be asked, and the first day it is needed (null: already now). */
export interface MissingDetail {
  detail: string;
  label: string;
  from: Day | null;
  why: string;
}

/** The details a customer has not given although a setting, a plan or a term needs them on some day from `day` on. */
export function missingDetails(world: World, customer: Customer, timeline: Timeline, day: Day): MissingDetail[] {
  const details = world.onboarding?.data.details ?? {};
  const open = Object.entries(details).filter(([id]) => !Object.hasOwn(customer.details ?? {}, id));
  if (open.length === 0) return [];
  const segments = timeline.segments.filter((_, index) => (timeline.segments[index + 1]?.from ?? '9999') > day);
  return open.flatMap(([detail, { label = detail, when }]): MissingDetail[] => {
    const needing = segments.find(
      (segment) => !isOver(segment) && (!when || isNeeded(when, segment, fold(world.settings, segment.layers))),
    );
    if (!needing) return [];
    const from = needing.from !== null && needing.from > day ? needing.from : null;
    return [{ detail, label, from, why: when ? wording(when) : 'everybody is asked' }];
  });
}

function wording(when: When): string {
  if ('setting' in when) return `${when.setting} is ${when.is}`;
  if ('term' in when) return `${when.term} is ${when.is}`;
  return `the plan is ${typeof when.plan === 'string' ? when.plan : when.plan.join(' or ')}`;
}

/** One warning for a customer whose details are not complete. */
export function missingDetailWarnings(entry: Entry<Customer>, missing: readonly MissingDetail[]): Diagnostic[] {
  if (missing.length === 0) return [];
  const asked = missing.map(({ label, from, why }) => `${label} (because ${why}${from ? ` from ${from}` : ''})`);
  return [
    {
      rule: 'detail-missing',
      severity: 'warning',
      message: `onboarding has not asked everything yet: ${asked.join('; ')}`,
      at: entry.document.locate(['details'], 'key'),
      help: `ask the customer, and write the answers under \`details\`: ${missing.map(({ detail }) => detail).join(', ')}`,
    },
  ];
}
