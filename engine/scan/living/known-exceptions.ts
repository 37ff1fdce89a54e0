import { createHash } from 'node:crypto';
import { forEver } from '../../../runtime/terms/days.ts';
import type { Day } from '../../../runtime/terms/timeline.ts';

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
