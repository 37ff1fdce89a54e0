import { describeAnswers } from '../describe-answers.ts';
import type { Operating } from '../operating.ts';
import { defineRoute, type Route } from '../route.ts';

/** For Prometheus. */
export const metricsRoute = ({ metrics }: Operating): Route =>
  defineRoute({
    method: 'GET',
    path: '/metrics',
    scope: 'open',
    describe: describeAnswers({ summary: 'counts and durations, for Prometheus', tag: 'operations', gives: 'text' }),
    answer: async () => ({
      status: 200,
      headers: { 'Content-Type': metrics.contentType },
      text: await metrics.text(),
    }),
  });
