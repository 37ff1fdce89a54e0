import type { Bench, Row } from '../part.ts';
import type { Load } from '../programs/load-http.ts';

/**
 * Requests a second that unleash-server 7.5.1 answered (30 flags of its frontend API), and those of the side made by hand, in
 * a run on one machine. It needs PostgreSQL and some hundreds of packages, so it is no part of this bench: what is printed is
 * worked out from that run, by way of the side both runs have.
 */
const UNLEASH = { unleash: 2_312, byHand: 83_000 };

/** CPU the server takes to answer one request about one of many customers, beside node:http as it is and beside what others build on it. */
export async function http(bench: Bench): Promise<Row[]> {
  const { result } = await bench.run('load-http', '10000');
  const sides = result as Readonly<Record<string, Load | undefined>>;
  const of = (side: string): number => sides[side]?.cpu ?? Number.NaN;
  const time = (side: string): string =>
    `${of(side).toFixed(1)} µs CPU, ${((sides[side]?.rate ?? Number.NaN) / 1_000).toFixed(1)}k/s`;
  const row = (what: string, over: string, under = 'raw', goal?: Row['goal']): Row => ({
    what,
    ours: time(over),
    other: time(under),
    ratio: of(over) / of(under),
    goal,
  });
  const beside = [
    ...['byHand', 'fastify', 'hono', 'express'].map((name) => row(`${name} ÷ node:http`, name)),
    row('304 by hand ÷ node:http', 'byHand 304'),
    row('one flag by hand ÷ node:http', 'byHand ofrep'),
  ];
  if (!sides.ours) return beside;
  const { ours, other, ...express } = row('GET of a customer: express ÷ ours', 'express', 'ours', { atLeast: 5 });
  const perUnleash = UNLEASH.byHand / UNLEASH.unleash / (of('ours') / of('byHand'));
  return [
    row('GET of a customer ÷ node:http with one buffer for all', 'ours', 'raw', { atMost: 1.1 }),
    row('the same, with a token', 'oursWithTokens'),
    row('the same, not changed (304)', 'ours 304', 'raw', { atMost: 0.9 }),
    row('one setting ÷ node:http', 'ours setting'),
    row('one flag over OFREP ÷ node:http', 'ours ofrep', 'raw', { atMost: 1.2 }),
    row('all flags over OFREP ÷ node:http', 'ours flags'),
    row('GET of a customer nobody asked for before ÷ node:http', 'ours first', 'raw first'),
    { ...express, ours: other, other: ours },
    {
      what: 'requests a second: ours ÷ unleash-server, worked out from another run',
      ours: time('ours'),
      other: `${UNLEASH.unleash}/s where by hand ${UNLEASH.byHand}/s`,
      ratio: perUnleash,
      goal: { atLeast: 30 },
    },
    ...beside,
  ];
}
