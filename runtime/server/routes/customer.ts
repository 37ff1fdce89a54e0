import { describeAnswers } from '../describe-answers.ts';
import { always, defineRoute } from '../route.ts';
import { customerJson } from './customer-json.ts';
import { findView } from './find-view.ts';
import { readQuery } from './read-query.ts';

const query = { at: 'a day, or an instant, instead of now' };

/** A customer: plan, stage and settings, and with `terms:read` its terms and who may do what. */
export const customerRoute = defineRoute({
  method: 'GET',
  path: '/v1/customers/:id',
  scope: 'settings:read',
  describe: describeAnswers({
    summary: 'a customer, by its id or account id',
    tag: 'customers',
    gives: 'Customer',
    query,
    others: { 404: 'The release has no such customer; an account without a file is asked for under /v1/accounts.' },
  }),
  answer(asked) {
    const { at } = readQuery(asked, query);
    const { scopes } = asked;
    return findView(asked, at, (view) => ({ status: 200, json: customerJson(view, scopes, at), holds: always }));
  },
});
