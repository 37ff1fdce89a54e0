import { addDays, within } from './dates.ts';
import { type Dates, readDates } from './stage.ts';
import type { CustomerData, Exception, World } from './world.ts';

/** What decides about exceptions on one day: the dates, the status stage and the plan the product has. */
export interface Moment {
  dates: Dates;
  status?: string;
  plan: string;
  /** While a trial is the stage: its first day as the stage, trials back to back being one, and the plan before it. */
  stretch?: { since: string; begun: string; before: string };
}
export type Event = 'upgrade' | 'downgrade' | 'lapse';

export const isTimed = ({ decision }: Exception): boolean => decision === 'configuration' || decision === 'promise';

/** `contract` = the last day the contract in force on `starts` goes on, grace included; 'never' if it does not end. */
export function lastDayOf(
  world: World,
  customer: CustomerData,
  exception: Exception,
  horizon: string,
): string | 'never' | undefined {
  if (exception.expires !== 'contract') return exception.expires ?? 'never';
  const idOn = (day: string) => readDates(world, customer, day).contract?.contract;
  let day = exception.starts ?? '';
  const contract = idOn(day);
  if (!contract) return undefined;
  while (day <= horizon && idOn(addDays(day, 1)) === contract) day = addDays(day, 1);
  return day > horizon ? 'never' : day;
}

/** The trial continues its stretch when it was the stage the day before; else the plan before it is remembered. */
export function stretchOn(dates: Dates, yesterday: Moment | undefined, lapsedPlan: string): Moment['stretch'] {
  if (!dates.trialIsStage) return undefined;
  if (yesterday?.stretch) return yesterday.stretch;
  const before = dates.lapsedSince === dates.day ? lapsedPlan : (yesterday?.plan ?? dates.account.plan);
  return { since: dates.day, begun: dates.trial?.starts ?? dates.day, before };
}

/** Lapsed or closed by dates or by status; a trial over `lapsed` leaves the account lapsed beneath it. */
function lapses({ dates, status }: Moment): string[] {
  const stages = [dates.lapsedSince === undefined ? '' : 'lapsed', status ?? ''];
  return stages.filter((stage) => stage === 'lapsed' || stage === 'closed');
}

export const entersLapse = (yesterday: Moment, today: Moment): boolean =>
  lapses(today).some((stage) => !lapses(yesterday).includes(stage));

/** The end of a trial that was the stage, with neither contract nor trial today, for those that started in it. */
function trialLapses(started: string, yesterday: Moment, { dates }: Moment): boolean {
  if (!yesterday.stretch || dates.trial || dates.contract) return false;
  return started >= (dates.lapsedSince ?? yesterday.stretch.begun);
}

/** Exceptions older than a trial keep seeing the plan before it. */
const planSeen = (started: string, { status, stretch, plan }: Moment): string =>
  stretch && status !== 'lapsed' && started < stretch.since ? stretch.before : plan;

/** The one event of a boundary for an exception in force the day before; lapse wins. */
export function eventFor(world: World, started: string, yesterday: Moment, today: Moment): Event | undefined {
  if (entersLapse(yesterday, today) || trialLapses(started, yesterday, today)) return 'lapse';
  const isInOneTrial = yesterday.stretch !== undefined && yesterday.stretch === today.stretch;
  if (isInOneTrial && (yesterday.status === 'lapsed') === (today.status === 'lapsed')) return undefined;
  const rankOf = (moment: Moment) => world.plans[planSeen(started, moment)]?.rank ?? 0;
  const [before, after] = [rankOf(yesterday), rankOf(today)];
  return after > before ? 'upgrade' : after < before ? 'downgrade' : undefined;
}

export const answerTo = (exception: Exception, event: Event): string | undefined =>
  ({ upgrade: exception.onUpgrade, downgrade: exception.onDowngrade, lapse: exception.onLapse })[event];

/** A contract, an amendment or a status of the file starts on the day (else only time brings the boundary). */
export function isStated(customer: CustomerData, day: string): boolean {
  const contracts = customer.contracts ?? [];
  const amendments = [...(customer.amendments ?? []), ...contracts.flatMap((contract) => contract.amendments ?? [])];
  return (
    contracts.some(({ starts }) => starts === day) ||
    amendments.some(({ on }) => on === day) ||
    (customer.statuses ?? []).some(({ since }) => since === day)
  );
}

export const isDue = (exception: Exception, last: string | 'never' | undefined, day: string): boolean =>
  isTimed(exception) && within(day, exception.starts, last === 'never' ? undefined : last);
