import { TermsError } from '../../client/terms-error.ts';
import { describeAnswers } from '../describe-answers.ts';
import { always, defineRoute, RequestError } from '../route.ts';
import { customerJson } from './customer-json.ts';
import { readMoment } from './read-moment.ts';
import { readQuantities } from './read-quantities.ts';
import { readQuery } from './read-query.ts';

const query = {
  account: 'the id of the account',
  plan: 'the plan the product knows for it, such as `studio@2`',
  quantities: 'what it bought: `seats:7,apiCalls:100`',
  at: 'a day, or an instant, instead of now',
};

/** An account by what the product knows of it; where it has a file, the file counts. */
export const accountRoute = defineRoute({
  method: 'GET',
  path: '/v1/accounts',
  scope: 'settings:read',
  describe: describeAnswers({
    summary: 'an account with or without a file, by its plan and quantities',
    tag: 'customers',
    gives: 'Customer',
    query,
    required: ['account'],
    others: { 400: 'The plan is missing or unknown, or the quantities cannot be bought.' },
  }),
  async answer(request) {
    const { reader, scopes } = request;
    const { account, plan, quantities, at } = readQuery(request, query);
    if (!account) throw new RequestError(400, 'accountMissing', 'say which account');
    const moment = at === undefined ? undefined : readMoment(at);
    const bought = readQuantities(quantities);
    try {
      const view = await reader.account({ account, ...(plan !== undefined && { plan }), quantities: bought });
      return { status: 200, json: customerJson(moment ? view.at(moment) : view, scopes, at), holds: always };
    } catch (error) {
      throw error instanceof TermsError ? refused(error) : error;
    }
  },
});

/** Names of plans may be those of other customers: what the release has is not listed. */
function refused({ code, message }: TermsError): RequestError {
  if (code === 'unknownPlan') return new RequestError(400, code, 'the release has no plan of that name');
  if (code === 'planMissing') return new RequestError(400, code, 'the account has no file: say its plan');
  return new RequestError(400, code, message);
}
