import type { Day } from '../../../runtime/terms/timeline.ts';
import { lastOpenDay } from '../../checks/facts/exception-lives.ts';
import type { Question } from '../question.ts';

/** Who has an exception of this owner; with the last day it may be in force. */
export const exceptionOwner: Question<Day> = {
  word: 'owner',
  *answers(customer) {
    for (const exception of customer.data.exceptions ?? []) {
      const until = lastOpenDay(exception, customer);
      if (until !== undefined) yield [ownerKey(exception.owner), until];
    }
  },
};

export const ownerKey = (owner: string): string => owner.trim().toLowerCase();
