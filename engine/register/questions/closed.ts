import { isClosed } from '../../checks/facts/is-closed.ts';
import type { Question } from '../question.ts';

/** Who has been closed. */
export const closed: Question<null> = {
  word: 'closed',
  answers: (customer) => (isClosed(customer) ? [['', null]] : []),
};
