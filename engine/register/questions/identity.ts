import { identitiesOf } from '../../checks/facts/identities-of.ts';
import type { Question } from '../question.ts';

/** Whose domain, name, account or external id this is. */
export const identity: Question<null> = {
  word: 'identity',
  answers: (customer) => identitiesOf(customer).map(({ key }) => [key, null]),
};
