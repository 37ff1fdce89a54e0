import { describeAnswers } from '../describe-answers.ts';
import type { Operating } from '../operating.ts';
import { defineRoute, type Route } from '../route.ts';
import { readQuery } from './read-query.ts';

const query = { stale: '`fail`: not ready either while the release is stale or the store does not answer' };

/** Whether requests should come here. */
export const readyRoute = ({ terms, isStopping, failsWhenOld }: Operating): Route =>
  defineRoute({
    method: 'GET',
    path: '/readyz',
    scope: 'open',
    describe: describeAnswers({
      summary: 'whether requests should come here',
      tag: 'operations',
      gives: 'Ready',
      query,
      others: { 503: 'No release is read yet, the server stops, or the release is too old where that counts.' },
    }),
    answer(asked) {
      const failsNow = failsWhenOld || readQuery(asked, query).stale === 'fail';
      const reading = terms();
      const state = reading?.freshness.state;
      const why = isStopping()
        ? 'the server stops'
        : state === undefined
          ? 'no release is read yet'
          : failsNow && state !== 'fresh'
            ? `the release is ${state}`
            : undefined;
      return {
        status: why === undefined ? 200 : 503,
        json: {
          ready: why === undefined,
          ...(why !== undefined && { why }),
          ...(reading && { release: reading.release.n, state }),
        },
      };
    },
  });
