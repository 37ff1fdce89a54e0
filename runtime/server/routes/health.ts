import { describeAnswers } from '../describe-answers.ts';
import { defineRoute } from '../route.ts';

/** Alive, whether it has something to answer or not: only a process that hangs is started anew. */
export const healthRoute = defineRoute({
  method: 'GET',
  path: '/healthz',
  scope: 'open',
  describe: describeAnswers({ summary: 'whether the server is alive', tag: 'operations', gives: 'object' }),
  answer: () => ({ status: 200, json: { alive: true } }),
});
