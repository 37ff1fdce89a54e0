import type { CustomerView } from '../../client/customer-view.ts';
import { type Answer, type Asked, RequestError } from '../route.ts';
import { readMoment } from './read-moment.ts';

/**
 * Answers with a customer, at the moment that was asked for where one was; at once where all customers are in memory.
 *
 * @throws RequestError (400, 404)
 */
export function findView(
  { reader, params }: Asked,
  at: string | undefined,
  answer: (view: CustomerView) => Answer,
): Answer | Promise<Answer> {
  const moment = at === undefined ? undefined : readMoment(at);
  const answerOf = (view: CustomerView | undefined): Answer => {
    if (!view) throw new RequestError(404, 'unknownCustomer', 'the release has no customer of that name');
    return answer(moment ? view.at(moment) : view);
  };
  const found = reader.customer(params.id ?? '');
  return found instanceof Promise ? found.then(answerOf) : answerOf(found);
}
