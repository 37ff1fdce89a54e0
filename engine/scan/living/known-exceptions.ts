import { createHash } from 'node:crypto';
import { forEver, previousDay, sinceEver } from '../../../runtime/terms/days.ts';
import type { Day } from '../../../runtime/terms/timeline.ts';
import type { Customer } from '../../../schemas/customer.ts';
import type { Exception } from '../../../schemas/exception.ts';
import { compileCustomer } from '../../compile/compile-customer.ts';
import type { ExceptionCourse } from '../../compile/exception-course.ts';
import { type PreparedWorld, prepareWorld } from '../../compile/prepare-world.ts';
import type { Entry, Model } from '../../model.ts';
import { exceptionId } from '../../register/questions/exception-id.ts';
import { registerOf } from '../../register/register.ts';

/**
 * `open`: agreed, and not over on that day; one that starts later is open too, for its code comes first. `closed`: over, dropped or
 * refused. `unknown`: there is none with that id. `not known here`: nothing at hand could tell.
 */
export type ExceptionStanding = 'open' | 'closed' | 'unknown' | 'not known here';

/** What the scanner knows of exceptions. */
export interface KnownExceptions {
  stateOf(id: string, day: Day): ExceptionStanding;
  /** Whether it may be this customer's: not where it is known to be another's. */
  mayBeOf(id: string, customer: string): boolean;
}

export const noExceptionsKnown: KnownExceptions = { stateOf: () => 'not known here', mayBeOf: () => true };

/** Whose an exception is, and the last day it is open; a day before all days where it never was. */
export interface ExceptionEnd {
  customer: string;
  lastDay: Day;
}

/** Every exception of a repository by its id. Only customers that have some are compiled. */
export function exceptionEnds(model: Model): ReadonlyMap<string, ExceptionEnd> {
  const world = prepareWorld(model.world);
  return new Map([...model.customers.values()].flatMap((entry) => endsIn(entry, world)));
}

function endsIn(entry: Entry<Customer>, world: PreparedWorld): [id: string, end: ExceptionEnd][] {
  const exceptions = entry.data.exceptions ?? [];
  if (exceptions.length === 0) return [];
  const courses = coursesOf(entry, world);
  return exceptions.map((exception, index) => [
    exception.id,
    { customer: entry.id, lastDay: lastDayOf(exception, courses.get(index)) },
  ]);
}

const coursesOf = (entry: Entry<Customer>, world: PreparedWorld): ReadonlyMap<number, ExceptionCourse> =>
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

/** The same of one exception at a time: only customers are compiled one of whose exceptions is asked about. */
export function findExceptionEnd({ customers, world }: Model): (id: string) => ExceptionEnd | undefined {
  const known = new Map<string, ExceptionEnd>();
  const compiled = new Set<string>();
  let prepared: PreparedWorld | undefined;
  return (id) => {
    for (const { customer } of registerOf(customers).find(exceptionId, id.toLowerCase())) {
      const entry = compiled.has(customer) ? undefined : customers.get(customer);
      compiled.add(customer);
      if (!entry) continue;
      prepared ??= prepareWorld(world);
      for (const [each, end] of endsIn(entry, prepared)) known.set(each, end);
    }
    return known.get(id);
  };
}

/** What a repository of terms at hand says. */
export const knownExceptions = (endOf: (id: string) => ExceptionEnd | undefined): KnownExceptions => ({
  stateOf: (id, day) => standingOn(day, endOf(id)?.lastDay),
  mayBeOf: (id, customer) => (endOf(id)?.customer ?? customer) === customer,
});

const standingOn = (day: Day, lastDay: Day | undefined): ExceptionStanding =>
  lastDay === undefined ? 'unknown' : day <= lastDay ? 'open' : 'closed';

/**
 * Exceptions by salted hash of their ids, as a part of a hashed dictionary. No id and no customer can be read in it; who knows both
 * can see whether they belong together.
 */
export type HashedExceptions = Readonly<Record<string, HashedException>>;

export interface HashedException {
  /** A hash of its id and customer together. */
  of: string;
  /** The last day it is open; absent where it has no end. */
  lastDay?: Day;
}

/** In the order of the hashes, so that the order says nothing either. */
export const hashExceptions = (ends: ReadonlyMap<string, ExceptionEnd>, salt: string): HashedExceptions =>
  Object.fromEntries(
    [...ends]
      .map(([id, { customer, lastDay }]): [string, HashedException] => [
        hashOf(salt, id),
        { of: hashOf(salt, id, customer), ...(lastDay !== forEver && { lastDay }) },
      ])
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );

/** What a hashed dictionary says; `salt` is the one it was hashed with. */
export function openHashedExceptions(hashed: HashedExceptions, salt: string): KnownExceptions {
  const ends = new Map(Object.entries(hashed));
  return {
    stateOf(id, day) {
      const end = ends.get(hashOf(salt, id));
      return standingOn(day, end && (end.lastDay ?? forEver));
    },
    mayBeOf(id, customer) {
      const end = ends.get(hashOf(salt, id));
      return end === undefined || end.of === hashOf(salt, id, customer);
    },
  };
}

const hashOf = (salt: string, ...words: string[]): string =>
  createHash('sha256')
    .update(JSON.stringify([salt, 'exception', ...words]))
    .digest('hex')
    .slice(0, 32);
