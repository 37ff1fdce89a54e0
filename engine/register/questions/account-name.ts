import type { Question } from '../question.ts';

/** Who is known to the product by this account, whatever its letter case. */
export const accountName: Question<null> = {
  word: 'account',
  answers: ({ data: { account } }) => (account === undefined ? [] : [[account.toLowerCase(), null]]),
};
