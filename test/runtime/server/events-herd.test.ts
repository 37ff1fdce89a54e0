import { expect, test } from 'vitest';
import { openStreams } from '../../../runtime/server/events/streams.ts';
import { openStore } from '../../../runtime/stores/registry.ts';
import { drawFrom, seed } from '../../fixtures/release/counts.ts';
import { publishCompany } from '../../fixtures/release/published-company.ts';
import { servedCompany } from '../../fixtures/server/served-company.ts';
import { startHerd, startHerdServer } from '../../fixtures/server/start-herd.ts';
import { until } from '../../fixtures/server/until.ts';
import { temporaryFolder } from '../../temporary-repository.ts';

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
const PROCESSES = 4;

/** What clients on real sockets do when their server is killed again and again, and is started again within three seconds. */
async function realHerd(killed: number, waits?: number) {
  const store = `file:${temporaryFolder()}`;
  const opened = await openStore(store);
  await publishCompany(opened, 'c1');
  await opened.close();
  let server = await startHerdServer(store);
  const herd = startHerd(`http://127.0.0.1:${server.port}/v1/events?customer=bare`, real, PROCESSES, waits);
  const areBack = (): boolean => herd.began.length + herd.lost >= real;
  await until(areBack, 'everybody hears', 60_000);
  const downs = drawFrom(seed + 2);
  const returns: Record<'planned' | 'came' | 'began', Return>[] = [];
  const sentAgain: string[] = [];
  let lost = 0;
  for (let kill = 0; kill < killed; kill += 1) {
    herd.forget();
    await server.kill();
    await new Promise((resolve) => void setTimeout(resolve, downs() * 3_000));
    server = await startHerdServer(store, server.port);
    await until(areBack, 'everybody is back', 60_000);
    const { listensSince } = server;
    const returnOf = (instants: readonly number[]): Return => ({
      peak: busiest(instants, real),
      last: Math.max(...instants) - listensSince,
    });
    returns.push({
      planned: returnOf(herd.due),
      came: returnOf(herd.came),
      began: returnOf(herd.began.map(({ at }) => at)),
    });
    sentAgain.push(...herd.began.map(({ events }) => events).filter((events) => events !== 'event: ready'));
    lost += herd.lost;
  }
  return { returns, sentAgain, lost };
}

test(`${real} real clients of a server that is killed ${killed} times are all back, spread, and none has anything sent again`, {
  timeout: 60_000 + killed * 30_000,
}, async () => {
  const { returns, sentAgain, lost } = await realHerd(killed);
  const shown = (what: 'planned' | 'came' | 'began'): string => {
    const [peaks, lasts] = [returns.map((each) => each[what].peak * 100), returns.map((each) => each[what].last)];
    return `${what} ${Math.max(...peaks).toFixed(1)} % at once, the last after ${Math.max(...lasts).toFixed(0)} ms`;
  };
  console.info(`worst of ${killed}: ${shown('planned')}; ${shown('came')}; ${shown('began')}`);
  // A machine that stands still for a moment lets those of that moment come together; what they were told is ours.
  expect(returns.filter(({ planned: { peak, last } }) => peak > SHARE || last > WITHIN)).toEqual([]);
  expect({ sentAgain, lost }).toEqual({ sentAgain: [], lost: 0 });
});

test(`${real} real clients that wait a second, whatever they are told, come back at once`, {
  timeout: 90_000,
}, async () => {
  const { returns } = await realHerd(1, 1_000);
  expect(returns[0]?.planned.peak).toBeGreaterThan(SHARE);
});
