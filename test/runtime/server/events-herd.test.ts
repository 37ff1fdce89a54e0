import { expect, onTestFinished, test } from 'vitest';
import { openStreams } from '../../../runtime/server/events/streams.ts';
import { drawFrom, seed } from '../../fixtures/release/counts.ts';
import { type Host, hostRoutes } from '../../fixtures/server/host-routes.ts';
import { liveRoutes, type Served, servedCompany } from '../../fixtures/server/served-company.ts';
import { stayConnected } from '../../fixtures/server/stay-connected.ts';
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

function busiest(instants: readonly number[], of = instants.length): number {
  const sorted = [...instants].sort((a, b) => a - b);
  let [most, from] = [0, 0];
  for (const [at, instant] of sorted.entries()) {
    while ((sorted[from] as number) <= instant - 100) from += 1;
    most = Math.max(most, at - from + 1);
  }
  return most / of;
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

/** Real sockets cost what they cost: without a word about the herd, fewer. */
const [real, killed] = process.env.PROVISO_HERD === undefined ? [100, 1] : [clients, kills];

/** What clients on real sockets do when their server is killed again and again, and is away for up to three seconds. */
async function realHerd(killed: number, waits?: (told: number) => number) {
  const secret = new Uint8Array(32).fill(5);
  let served: Host = await servedCompany({ streams: { secret } });
  const { terms } = served as Served;
  const { port } = served;
  const downs = drawFrom(seed + 2);
  let due: number[] = [];
  let back: number[] = [];
  let texts: string[] = [];
  const stops = Array.from({ length: real }, () =>
    stayConnected(`${served.url}/v1/events?customer=bare`, {
      ...(waits && { waits }),
      onPlan: (at) => due.push(at),
      onBegin: (text) => {
        back.push(performance.now());
        texts.push(text);
      },
    }),
  );
  onTestFinished(() => {
    for (const stop of stops) stop();
  });
  await until(() => back.length === real, 'everybody hears', 60_000);
  const planned: Return[] = [];
  const seen: Return[] = [];
  for (let kill = 0; kill < killed; kill += 1) {
    [due, back, texts] = [[], [], []];
    await served.kill();
    await new Promise((resolve) => void setTimeout(resolve, downs() * 3_000));
    served = await hostRoutes(terms, liveRoutes({ secret }), { port });
    const since = performance.now();
    await until(() => back.length >= real, 'everybody is back', 60_000);
    planned.push({ peak: busiest(due, real), last: Math.max(...due) - since });
    seen.push({ peak: busiest(back), last: Math.max(...back) - since });
  }
  return { planned, seen, texts };
}

test(`${real} real clients of a server that is killed ${killed} times are all back, spread, and none has anything sent again`, {
  timeout: 60_000 + killed * 30_000,
}, async () => {
  const { planned, seen, texts } = await realHerd(killed);
  const shares = (returns: readonly Return[]): string =>
    `${Math.max(...returns.map(({ peak }) => peak * 100)).toFixed(1)} % at once, the last after ${Math.max(...returns.map(({ last }) => last)).toFixed(0)} ms`;
  console.info(`as they were told: ${shares(planned)}; as it came: ${shares(seen)}`);
  // A machine that stands still for a moment lets those of that moment come together; what they were told is ours.
  expect(planned.filter(({ peak, last }) => peak > SHARE || last > WITHIN)).toEqual([]);
  expect(texts.filter((text) => (text.match(/^event: .*$/gm) ?? []).join() !== 'event: ready')).toEqual([]);
});

test(`${real} real clients that wait a second, whatever they are told, come back at once`, {
  timeout: 90_000,
}, async () => {
  const { planned } = await realHerd(1, () => 1_000);
  expect(planned[0]?.peak).toBeGreaterThan(SHARE);
});
