import { addDays } from '../../runtime/terms/days.ts';
import type { Day } from '../../runtime/terms/timeline.ts';
import type { Exception, Lasting } from '../../schemas/exception.ts';
import { type Company, dollars } from './company.ts';
import { type ConfigurationWish, configurations, features, moreSeats, promises, refusals, services } from './wishes.ts';

type WithoutId<E> = E extends Exception ? Omit<E, 'id'> : never;
/** An exception that has not got its number yet. */
export type Ask = WithoutId<Exception>;

/** How long an exception counts, and what it does when the plan changes; keep, drop and drop where nothing is said. */
export type Course = Pick<Lasting, 'starts' | 'expires'> &
  Partial<Pick<Lasting, 'onUpgrade' | 'onDowngrade' | 'onLapse'>>;

const answers = { onUpgrade: 'keep', onDowngrade: 'drop', onLapse: 'drop' } as const;
const people = ['anna@product.example', 'jo@product.example', 'lee@product.example', 'sam@product.example'];
const users = ['everybody, daily', 'their admins, weekly', 'their finance team, monthly', 'a few people, rarely'];

/** Different settings and actions each, so that all of them can be active at one time. */
export const askConfigurations = (company: Company, count: number, course: Course): Ask[] =>
  company.chance.take(configurations, count).map((wish) => configuration(company, wish, course));

/** More seats than the plan includes, without paying for them. */
export const askSeats = (company: Company, course: Course): Ask =>
  configuration(company, { ...moreSeats, set: { seats: company.chance.int(9, 11) } }, course);

const configuration = (company: Company, wish: ConfigurationWish, course: Course): Ask => ({
  ...asked(company, wish, course.starts),
  decision: 'configuration',
  set: wish.set,
  add: wish.add,
  access: wish.access,
  ...course,
  ...answersOf(course),
});

export const askPromises = (company: Company, count: number, course: Course): Ask[] =>
  company.chance.take(promises, count).map(({ terms, ...wish }) => ({
    ...asked(company, wish, course.starts),
    decision: 'promise',
    terms,
    ...course,
    ...answersOf(course),
  }));

export function askFeature(company: Company, by: Day): Ask {
  const wish = company.chance.pick(features);
  return {
    ...asked(company, wish, by),
    ...wish,
    livesIn: 'code',
    decision: 'feature',
    tracking: `PROD-${company.index}`,
  };
}

export function askService(company: Company, by: Day): Ask {
  const { amount, ...wish } = company.chance.pick(services);
  const price = { amount: dollars(amount), currency: 'USD' };
  const runbook = 'https://wiki.product.example/services';
  return {
    ...asked(company, wish, by),
    ...wish,
    livesIn: 'manual',
    runbook,
    decision: 'service',
    price,
    ends: addDays(by, 30),
  };
}

export function askRefused(company: Company, by: Day): Ask {
  const wish = company.chance.pick(refusals);
  return { ...asked(company, wish, by), ...wish, decision: 'no' };
}

const answersOf = ({ onUpgrade, onDowngrade, onLapse }: Course) => ({
  onUpgrade: onUpgrade ?? answers.onUpgrade,
  onDowngrade: onDowngrade ?? answers.onDowngrade,
  onLapse: onLapse ?? answers.onLapse,
});

const asked = (
  { chance }: Company,
  { need, kind, because, owner }: Pick<Exception, 'need' | 'kind' | 'because' | 'owner'>,
  by: Day,
) => ({
  need,
  kind,
  askedBy: chance.pick(people),
  askedOn: addDays(by, -chance.int(10, 40)),
  neededBy: by,
  worth: { amount: dollars(chance.int(2, 90) * 500), currency: 'USD', per: 'year' as const },
  demand: chance.yes(0.5) ? ['Globex', 'Initech'] : [],
  usedBy: chance.pick(users),
  because,
  owner,
  handledBy: 'support',
  livesIn: 'config' as const,
  buildHours: chance.int(0, 6),
  hoursPerMonth: chance.int(0, 2),
});
