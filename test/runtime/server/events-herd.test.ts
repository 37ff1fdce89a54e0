import { expect, test } from 'vitest';
import { openStreams } from '../../../runtime/server/events/streams.ts';
import { drawFrom, seed } from '../../fixtures/release/counts.ts';
import { hostRoutes } from '../../fixtures/server/host-routes.ts';
import { type Events, readEvents } from '../../fixtures/server/read-events.ts';
import { liveRoutes, servedCompany } from '../../fixtures/server/served-company.ts';
import { until } from '../../fixtures/server/until.ts';

/** `PROVISO_HERD=1000x20`: so many clients, and so many times the server is killed. */
const [clients = 200, kills = 1] = (process.env.PROVISO_HERD ?? '200x1').split('x').map(Number);
/** At most so many of a hundred come back within 100 ms of each other. */
const SHARE = 0.06;
const WITHIN = 10_000;

interface Return {
  /** Connections in the busiest 100 ms, as a share of the clients. */
  peak: number;
  /** When the last is back, in milliseconds after the server is. */
  last: number;
}

/** When clients are back that try again and again, each after the time it was told. */
function comeBack(retries: readonly number[], down: number): Return {
  const back = retries.map((retry) => Math.max(1, Math.ceil(down / retry)) * retry);
  return { peak: busiest(back), last: Math.max(...back) - down };
}

function busiest(instants: readonly number[]): number {
  const sorted = [...instants].sort((a, b) => a - b);
  let [most, from] = [0, 0];
  for (const [at, instant] of sorted.entries()) {
    while ((sorted[from] as number) <= instant - 100) from += 1;
    most = Math.max(most, at - from + 1);
  }
  return most / instants.length;
}

test(`${clients} clients come back spread, ${kills} times, by what their streams told them`, async () => {
  const { terms } = await servedCompany();
  const random = drawFrom(seed);
  const downs = drawFrom(seed + 1);
  for (let kill = 0; kill < kills; kill += 1) {
    const streams = openStreams({ random });
    const stopping = new AbortController();
    const retries: number[] = [];
    for (let client = 0; client < clients; client += 1) {
      const stream = await streams.open(terms, {
        subject: { account: 'bare' },
        hears: 'values',
        signal: stopping.signal,
      });
      for await (const text of stream ?? []) {
        retries.push(Number(/^retry: (\d+)$/m.exec(text)?.[1]));
        break;
      }
    }
    const { peak, last } = comeBack(retries, downs() * 20_000);
    expect({ peak: peak <= SHARE, last: last <= WITHIN }, `seed ${seed}, kill ${kill}: ${peak}, ${last} ms`).toEqual({
      peak: true,
      last: true,
    });
  }
});

test('clients that are all told the same would come back at once', () => {
  const { peak } = comeBack(
    Array.from({ length: clients }, () => 1_000),
    300,
  );
  expect(peak).toBeGreaterThan(SHARE);
});

test('real clients of a server that is killed are all back, spread, and none has anything sent again', async () => {
  const count = 100;
  const secret = new Uint8Array(32).fill(5);
  const served = await servedCompany({ streams: { secret } });
  const url = `${served.url}/v1/events?customer=bare`;
  const first = await Promise.all(Array.from({ length: count }, () => readEvents(url)));
  await served.kill();
  await until(() => first.every(({ hasEnded }) => hasEnded), 'everybody is cut off');
  const began = performance.now();
  const next = await hostRoutes(served.terms, liveRoutes({ secret }), { port: served.port });
  const back: number[] = [];
  const again = await Promise.all(
    first.map(async ({ retry = 0, lastId = '' }): Promise<Events> => {
      await new Promise((resolve) => void setTimeout(resolve, retry));
      back.push(performance.now() - began);
      return readEvents(url, { 'last-event-id': lastId });
    }),
  );
  expect(next.asked).toHaveLength(count);
  expect(busiest(back)).toBeLessThanOrEqual(SHARE);
  expect(Math.max(...back)).toBeLessThanOrEqual(WITHIN);
  expect(again.flatMap(({ blocks }) => blocks.map(({ event }) => event))).toEqual(first.map(() => 'ready'));
});
