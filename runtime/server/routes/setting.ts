import { describeAnswers } from '../describe-answers.ts';
import { relianceOf } from '../kept-answers.ts';
import { always, defineRoute, RequestError } from '../route.ts';
import { findView } from './find-view.ts';
import { readQuery } from './read-query.ts';

const query = { at: 'a day, or an instant, instead of now' };

/** One setting of a customer. */
export const settingRoute = defineRoute({
  method: 'GET',
  path: '/v1/customers/:id/settings/:key',
  scope: 'settings:read',
  describe: describeAnswers({
    summary: 'one setting of a customer',
    tag: 'customers',
    gives: 'Setting',
    query,
    others: { 404: 'The release has no such customer, or no such setting.' },
  }),
  answer(asked) {
    const { at } = readQuery(asked, query);
    const { key = '' } = asked.params;
    return findView(asked, at, (view) => {
      if (!Object.hasOwn(view.values, key))
        throw new RequestError(404, 'unknownSetting', 'the release has no setting of that name');
      const { customer, release } = view;
      const json = {
        customer,
        release,
        ...(at !== undefined && { at }),
        setting: key,
        value: view.values[key],
        freshness: relianceOf(view),
      };
      return { status: 200, json, holds: always };
    });
  },
});
