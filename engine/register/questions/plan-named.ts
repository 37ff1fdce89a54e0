import { plansNamed } from '../../diff/edit-reach.ts';
import type { Question } from '../question.ts';

/** Who names a plan, today or on any day. */
export const planNamed: Question<null> = {
  word: 'plan',
  answers: ({ data }) => [...new Set(plansNamed(data))].map((plan) => [plan, null]),
};
