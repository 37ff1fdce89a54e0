import type { Question } from '../question.ts';

/** Who has an exception of this id, whatever its letter case; with its index. */
export const exceptionId: Question<number> = {
  word: 'exception',
  answers: ({ data: { exceptions = [] } }) => exceptions.map(({ id }, index) => [id.toLowerCase(), index]),
};
