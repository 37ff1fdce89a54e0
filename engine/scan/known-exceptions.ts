import { createHash } from 'node:crypto';
import { forEver, previousDay, sinceEver } from '../../runtime/terms/days.ts';
import type { Day } from '../../runtime/terms/timeline.ts';
import type { Customer } from '../../schemas/customer.ts';
import type { Exception } from '../../schemas/exception.ts';
import { compileCustomer } from '../compile/compile-customer.ts';
import type { ExceptionCourse } from '../compile/exception-course.ts';
import { prepareWorld } from '../compile/prepare-world.ts';
import type { Entry, Model } from '../model.ts';

/**
 * `open`: agreed, and not over on that day; one that starts later is open too, for its code comes first. `closed`: over, dropped or
 * refused. `unknown`: there is none with that id. `not known here`: nothing at hand could tell.
 */
export type ExceptionStanding = 'open' | 'closed' | 'unknown' | 'not known here';

/** What the scanner knows of exceptions. */
export interface KnownExceptions {
  stateOf(id: string, day: Day): ExceptionStanding;
  /** Whose it is, where that is told in clear. */
  customerOf(id: string): string | undefined;
}

export const noExceptionsKnown: KnownExceptions = { stateOf: () => 'not known here', customerOf: () => undefined };

/** Whose an exception is, and the last day it is open; a day before all days where it never was. */
export interface ExceptionEnd {
  customer: string;
  lastDay: Day;
}

/** Every exception of a repository by its id. Only customers that have some are compiled. */
export function exceptionEnds(model: Model): ReadonlyMap<string, ExceptionEnd> {
  const world = prepareWorld(model.world);
  const ends = new Map<string, ExceptionEnd>();
  for (const entry of model.customers.values()) {
    const exceptions = entry.data.exceptions ?? [];
    if (exceptions.length === 0) continue;
    const courses = coursesOf(entry, world);
    exceptions.forEach((exception, index) => {
      ends.set(exception.id, { customer: entry.id, lastDay: lastDayOf(exception, courses.get(index)) });
    });
  }
  return ends;
}

const coursesOf = (
  entry: Entry<Customer>,
  world: ReturnType<typeof prepareWorld>,
): ReadonlyMap<number, ExceptionCourse> =>
  new Map(compileCustomer(entry, world).exceptions.map((course) => [course.index, course]));

function lastDayOf(exception: Exception, course: ExceptionCourse | undefined): Day {
  if (exception.decision === 'no') return sinceEver;
  if (exception.decision === 'service') return exception.ends ?? forEver;
  if (exception.decision === 'feature') return forEver;
  // What takes effect and was not compiled has a fault that `validate` tells; what it says itself is all there is.
  if (!course) return exception.expires === 'contract' ? sinceEver : exception.expires;
  const dropped = course.droppedOn === undefined ? forEver : previousDay(course.droppedOn);
  return dropped < course.lastDay ? dropped : course.lastDay;
}

/** What a repository of terms at hand says. */
export function knownExceptions(ends: ReadonlyMap<string, ExceptionEnd>): KnownExceptions {
  return {
    stateOf(id, day) {
      const end = ends.get(id);
      return end ? standingOn(day, end.lastDay) : 'unknown';
    },
    customerOf: (id) => ends.get(id)?.customer,
  };
}

const standingOn = (day: Day, lastDay: Day): ExceptionStanding => (day <= lastDay ? 'open' : 'closed');

/** Ids of exceptions by salted hash, each with its last day: part of a hashed dictionary. Names no customer. */
export interface HashedExceptions {
  salt: string;
  lastDays: Readonly<Record<string, Day>>;
}

/** In the order of the hashes, so that the order says nothing either. */
export function hashExceptions(ends: ReadonlyMap<string, ExceptionEnd>, salt: string): HashedExceptions {
  const hashed = [...ends].map(([id, { lastDay }]) => [hashOf(id, salt), lastDay] as const);
  return { salt, lastDays: Object.fromEntries(hashed.sort(([one], [other]) => (one < other ? -1 : 1))) };
}

/** What a hashed dictionary says. */
export const openHashedExceptions = ({ salt, lastDays }: HashedExceptions): KnownExceptions => ({
  stateOf(id, day) {
    const hash = hashOf(id, salt);
    const lastDay = Object.hasOwn(lastDays, hash) ? lastDays[hash] : undefined;
    return lastDay === undefined ? 'unknown' : standingOn(day, lastDay);
  },
  customerOf: () => undefined,
});

const hashOf = (id: string, salt: string): string =>
  createHash('sha256')
    .update(JSON.stringify([salt, 'exception', id]))
    .digest('hex')
    .slice(0, 24);
