import { addDays } from '../../runtime/terms/days.ts';
import { plural } from '../report/plural.ts';
import { defineCheck } from './check.ts';
import { exceptionLives } from './facts/exception-lives.ts';
import { placeIn } from './facts/place-in.ts';

export const check = defineCheck({
  name: 'expires-soon',
  summary: 'an exception in force ends soon, and nobody has said what comes then',
  scope: 'standing',
  severity: 'warning',
  options: {
    days: { kind: 'days', default: 30, description: 'How many days ahead.' },
  },
  example: {
    finds: { 'customers/acme.yaml': 'exceptions: [{ set: { sso: true }, starts: 2026-03-01, expires: 2026-12-05 }]' },
    ignores: { 'customers/acme.yaml': 'exceptions: [{ set: { sso: true }, starts: 2026-03-01, expires: 2027-03-31 }]' },
  },
  *find(change, { days }) {
    const horizon = addDays(change.at, days);
    for (const customer of change.standing) {
      const lives = exceptionLives(change, customer);
      for (const { index, exception, starts, lastDay, ends } of lives) {
        if (starts > change.at || lastDay < change.at || lastDay > horizon) continue;
        const goesOn = lives.some(
          (other) => other.starts > starts && other.starts <= addDays(lastDay, 1) && isSame(other.exception, exception),
        );
        if (goesOn) continue;
        const left = Math.round((Date.parse(lastDay) - Date.parse(change.at)) / 86_400_000);
        const how = lastDay === ends ? 'ends' : 'is dropped after';
        yield {
          at: placeIn(customer, 'exceptions', index, 'expires'),
          message: `${exception.id} ${how} ${lastDay}, ${left === 0 ? 'today' : `in ${plural(left, 'day')}`}`,
          help: 'ask whether it is still needed: renew it with a new record, make it part of a plan, or tell the customer that it ends',
        };
      }
    }
  },
});

/** Whether one exception carries on what another gives: it acts on one of the same things. */
function isSame(one: object, other: object): boolean {
  const subjects = (exception: object) =>
    (['set', 'add', 'terms'] as const).flatMap((key) => Object.keys(Reflect.get(exception, key) ?? {}));
  const known = new Set(subjects(other));
  return subjects(one).some((subject) => known.has(subject));
}
