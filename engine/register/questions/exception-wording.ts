import { hash } from 'node:crypto';
import type { Exception } from '../../../schemas/exception.ts';
import { effectsOf } from '../../checks/facts/effects-of.ts';
import { sameText } from '../../checks/facts/plain-words.ts';
import type { Question } from '../question.ts';

/** Who has an exception of the same need, reason and effect, word for word; with its index and id. */
export const exceptionWording: Question<readonly [index: number, id: string]> = {
  word: 'wording',
  answers: ({ data: { exceptions = [] } }) =>
    exceptions.map((exception, index) => [wordingOf(exception), [index, exception.id]]),
};

/** Equal where need, reason and effect are the same. */
export const wordingOf = (exception: Exception): string =>
  hash(
    'sha256',
    [
      exception.decision,
      sameText(exception.need),
      sameText(exception.because),
      ...effectsOf(exception)
        .map(({ key }) => key)
        .sort(),
    ].join('\n'),
  );
