import { addDays } from '../../runtime/terms/days.ts';
import type { Day } from '../../runtime/terms/timeline.ts';
import type { Customer } from '../../schemas/customer.ts';
import type { Onboarding } from '../../schemas/policies.ts';
import { pathsTouch } from '../compile/terms-tree.ts';
import { isSameFile } from '../diff/find-edits.ts';
import type { Entry, World } from '../model.ts';
import { missingDetails } from '../onboarding.ts';
import { defineCheck, type Finding } from './check.ts';
import type { CheckedChange } from './checked-change.ts';
import { keyIn } from './facts/place-in.ts';

export const check = defineCheck({
  name: 'details-before-start',
  summary: 'something starts within days and needs a detail that nobody has asked the customer for',
  scope: 'standing',
  severity: 'error',
  options: {
    days: { kind: 'days', default: 14, description: 'How many days before the start.' },
  },
  example: {
    finds: { 'customers/globex.yaml': 'plan: starter@1\nexceptions: [{ set: { sso: true }, starts: 2026-11-25 }]' },
    ignores: { 'customers/globex.yaml': 'plan: starter@1\nexceptions: [{ set: { sso: true }, starts: 2027-01-11 }]' },
  },
  *find(change, { days }) {
    const horizon = addDays(change.at, days);
    for (const customer of change.standing) yield* missingOf(change, customer, horizon, () => false);
    for (const customer of reachedOnly(change))
      yield* missingOf(change, customer, horizon, missingBefore(change, customer));
  },
});

function* missingOf(
  change: CheckedChange,
  customer: Entry<Customer>,
  horizon: Day,
  isKnown: (detail: string) => boolean,
): Generator<Finding> {
  const timeline = change.after(customer.id)?.timeline;
  if (!timeline) return;
  const missing = missingDetails(change.head.model.world, customer.data, timeline, change.at);
  for (const { detail, label, from, why } of missing) {
    if ((from !== null && from > horizon) || isKnown(detail)) continue;
    yield {
      at: keyIn(customer, 'details'),
      message: `${label} (\`${detail}\`) is needed ${from === null ? 'now' : `from ${from} on`}, because ${why}`,
      help: `ask the customer, and write the answer under \`details: { ${detail}: … }\``,
    };
  }
}

/**
 * Customers of whom a shared edit changes something that details are asked for; their own file is as it was. One after the other: it
 * may be everybody.
 */
function* reachedOnly({ base, diff, head, standing }: CheckedChange): Generator<Entry<Customer>> {
  const judged = new Set(Array.from(standing, ({ id }) => id));
  const isAskedFor = askedFor(base.model.world, head.model.world);
  for (const { customer, changes } of diff.customers) {
    if (judged.has(customer) || !changes.some(({ past, path }) => !past && isAskedFor(path))) continue;
    const entry = head.model.customers.get(customer);
    if (entry) yield entry;
  }
}

/** Which changed values may make it necessary to ask something; where the questions themselves are others, any does. */
function askedFor({ onboarding: before }: World, { onboarding: after }: World): (path: string) => boolean {
  if (!isSameFile(before, after)) return () => true;
  const asked = Object.values(after?.data.details ?? {}).flatMap(({ when }) => pathAsked(when) ?? []);
  return (path) => path === 'stage' || asked.some((other) => pathsTouch(path, other));
}

function pathAsked(when: Onboarding['details'][string]['when']): string | undefined {
  if (!when) return undefined;
  return 'setting' in when ? `settings.${when.setting}` : 'term' in when ? `terms.${when.term}` : 'plan';
}

/** Of somebody whose file was not touched, only what the change itself makes necessary is asked. */
function missingBefore(change: CheckedChange, customer: Entry<Customer>): (detail: string) => boolean {
  const before = change.base.model.customers.get(customer.id);
  const timeline = change.before(customer.id)?.timeline;
  if (!before || !timeline) return () => false;
  const missing = missingDetails(change.base.model.world, before.data, timeline, change.at);
  const known = new Set(missing.map(({ detail }) => detail));
  return (detail) => known.has(detail);
}
