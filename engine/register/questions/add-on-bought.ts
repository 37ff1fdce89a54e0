import type { Question } from '../question.ts';

/** Who has bought an add-on, on any day. */
export const addOnBought: Question<null> = {
  word: 'addOn',
  answers: ({ data: { addOns = [] } }) => [...new Set(addOns.map(({ id }) => id))].map((id) => [id, null]),
};
