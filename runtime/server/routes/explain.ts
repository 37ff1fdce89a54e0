import { describeAnswers } from '../describe-answers.ts';
import { relianceOf } from '../kept-answers.ts';
import { always, defineRoute, RequestError } from '../route.ts';
import { findView } from './find-view.ts';
import { readQuery } from './read-query.ts';

const query = { setting: 'only this one', at: 'a day, or an instant, instead of now' };

/** Where each value of a customer comes from. */
export const explainRoute = defineRoute({
  method: 'GET',
  path: '/v1/customers/:id/explain',
  scope: 'terms:read',
  describe: describeAnswers({
    summary: 'where each value of a customer comes from',
    tag: 'customers',
    gives: 'Explained',
    query,
    others: { 404: 'The release has no such customer, or no such setting.' },
  }),
  answer(asked) {
    const { at, setting } = readQuery(asked, query);
    return findView(asked, at, (view) => {
      if (setting !== undefined && !Object.hasOwn(view.values, setting))
        throw new RequestError(404, 'unknownSetting', 'the release has no setting of that name');
      const { customer, release, plan, stage } = view;
      const keys = setting === undefined ? Object.keys(view.values) : [setting];
      const json = {
        customer,
        release,
        ...(at !== undefined && { at }),
        plan,
        stage,
        settings: Object.fromEntries(keys.map((key) => [key, view.explain(key)])),
        freshness: relianceOf(view),
      };
      return { status: 200, json, holds: always };
    });
  },
});
