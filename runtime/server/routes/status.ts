import { describeAnswers } from '../describe-answers.ts';
import type { Operating } from '../operating.ts';
import { defineRoute, type Route } from '../route.ts';

const inSeconds = (milliseconds: number): number => Math.round(milliseconds / 1_000);

/** What it reads and how fresh that is, for people and for dashboards. */
export const statusRoute = ({ terms, isStopping, started, version, connections, streams }: Operating): Route =>
  defineRoute({
    method: 'GET',
    path: '/statusz',
    scope: 'open',
    describe: describeAnswers({
      summary: 'which release is read, and how fresh it is',
      tag: 'operations',
      gives: 'Status',
    }),
    answer() {
      const reading = terms();
      return {
        status: 200,
        json: {
          ready: reading !== undefined && !isStopping(),
          ...(version !== undefined && { version }),
          started: new Date(started).toISOString(),
          uptime: inSeconds(Date.now() - started),
          connections: connections(),
          streams: streams(),
          ...(reading && { release: reading.release, freshness: freshnessOf(reading.freshness) }),
        },
      };
    },
  });

type Freshness = NonNullable<ReturnType<Operating['terms']>>['freshness'];

const freshnessOf = ({ state, source, age, lastAnswer, isClockBehind }: Freshness) => ({
  state,
  source,
  age: inSeconds(age),
  ...(lastAnswer !== undefined && { lastAnswer: inSeconds(lastAnswer) }),
  isClockBehind,
});
