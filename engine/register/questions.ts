/** Everything that is asked of everybody, one line each. A new question is a file in `questions/` and a line here. */
import type { Question } from './question.ts';
import { accountName } from './questions/account-name.ts';
import { addOnBought } from './questions/add-on-bought.ts';
import { closed } from './questions/closed.ts';
import { customerNames } from './questions/customer-names.ts';
import { exceptionId } from './questions/exception-id.ts';
import { exceptionOwner } from './questions/exception-owner.ts';
import { exceptionWording } from './questions/exception-wording.ts';
import { highestNumber } from './questions/highest-number.ts';
import { identity } from './questions/identity.ts';
import { lookAlike } from './questions/look-alike.ts';
import { openException } from './questions/open-exception.ts';
import { planNamed } from './questions/plan-named.ts';

export const questions: readonly Question[] = [
  accountName,
  addOnBought,
  closed,
  customerNames,
  exceptionId,
  exceptionOwner,
  exceptionWording,
  highestNumber,
  identity,
  lookAlike,
  openException,
  planNamed,
];
