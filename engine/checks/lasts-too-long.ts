import { addDays, forEver } from '../../runtime/terms/days.ts';
import type { Day } from '../../runtime/terms/timeline.ts';
import { plural } from '../report/plural.ts';
import { defineCheck } from './check.ts';
import { placeIn } from './facts/place-in.ts';

export const check = defineCheck({
  name: 'lasts-too-long',
  summary: 'an exception is given for longer than its kind of decision may last before somebody looks again',
  scope: 'change',
  severity: 'warning',
  options: {
    configuration: { kind: 'days', default: 400, description: 'The longest a configuration may last.' },
    promise: { kind: 'days', default: 800, description: 'The longest a promise may last.' },
    service: { kind: 'days', default: 200, description: 'The longest a service may take, from the day it was asked.' },
  },
  example: {
    finds: { 'customers/acme.yaml': 'exceptions: [{ set: { sso: true }, starts: 2026-12-01, expires: 2029-11-30 }]' },
    ignores: { 'customers/acme.yaml': 'exceptions: [{ set: { sso: true }, starts: 2026-12-01, expires: 2027-11-30 }]' },
  },
  *find(change, options) {
    for (const { customer, pointer, before, after } of change.exceptions) {
      const { decision } = after;
      if (decision === 'feature' || decision === 'no') continue;
      const [starts, key] = decision === 'service' ? [after.askedOn, 'ends'] : [after.starts, 'expires'];
      const ends = decision === 'service' ? after.ends : after.expires;
      // As long as the contract is as long as somebody looks at the contract.
      if (ends === undefined || ends === 'contract') continue;
      const isAsBefore = before?.decision === decision && daysOf(starts, ends) <= lastingOf(before);
      if (isAsBefore || daysOf(starts, ends) <= options[decision]) continue;
      yield {
        at: placeIn(customer, ...pointer, key),
        message: `${after.id} lasts ${plural(daysOf(starts, ends), 'day')}; a ${decision} lasts ${options[decision]} at most`,
        help: `let it end by ${addDays(starts, options[decision] - 1)} and look again then, or write \`expires: contract\``,
      };
    }
  },
});

const daysOf = (starts: Day, ends: Day): number => Math.round((Date.parse(ends) - Date.parse(starts)) / 86_400_000) + 1;

function lastingOf(exception: object): number {
  const { starts, askedOn, expires, ends } = exception as Record<string, string | undefined>;
  const last = expires ?? ends ?? forEver;
  return last === forEver || last === 'contract' ? 0 : daysOf(starts ?? askedOn ?? last, last);
}
