import { openapiOf } from '../build-openapi.ts';
import { describeAnswers } from '../describe-answers.ts';
import { type Answer, always, defineRoute, type Route } from '../route.ts';

/** The description of all routes, itself among them. */
export function describeRoutes(routes: readonly Route[], version: string | undefined): Route {
  let answer: Answer | undefined;
  const own: Route = defineRoute({
    method: 'GET',
    path: '/openapi.json',
    scope: 'open',
    describe: describeAnswers({ summary: 'this description', tag: 'operations', gives: 'object' }),
    answer() {
      answer ??= { status: 200, json: openapiOf([...routes, own], version), holds: always };
      return answer;
    },
  });
  return own;
}
