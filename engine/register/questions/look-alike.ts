import { skeletonOf } from '../../checks/facts/look-alikes.ts';
import type { Question } from '../question.ts';

/** Who has a name that a reader cannot tell from this one; with the name as it is written. */
export const lookAlike: Question<string> = {
  word: 'looks',
  answers: ({ data: { name } }) => [[skeletonOf(name), name]],
};
