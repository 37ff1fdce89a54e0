import type { Day } from '../../../runtime/terms/timeline.ts';
import { effectsOf } from '../../checks/facts/effects-of.ts';
import { lastOpenDay } from '../../checks/facts/exception-lives.ts';
import { sameNeed } from '../../checks/facts/plain-words.ts';
import type { Question } from '../question.ts';

/** Who has an exception with this effect, on this subject, or for this need; with the last day it may be in force. */
export const openException: Question<Day> = {
  word: 'open',
  *answers(customer) {
    for (const exception of customer.data.exceptions ?? []) {
      const until = lastOpenDay(exception, customer);
      if (until === undefined) continue;
      yield [needKey(exception.need), until];
      for (const { key, kind, subject } of effectsOf(exception)) {
        yield [key, until];
        yield [subjectKey(kind, subject), until];
      }
    }
  },
};

/** Equal for needs of the same words. */
export const needKey = (need: string): string => `need ${sameNeed(need)}`;

/** What several effects act on, whatever their values. */
export const subjectKey = (kind: string, subject: string): string => `${kind} ${subject}`;
