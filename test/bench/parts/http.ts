import { median } from '../measure.ts';
import type { Bench, Row } from '../part.ts';
import type { Load } from '../programs/load-http.ts';

/**
 * Requests a second that unleash-server 7.5.1 answered (30 flags of its frontend API), and those of the side made by hand, in
 * a run on one machine. It needs PostgreSQL and some hundreds of packages, so it is no part of this bench: what is printed is
 * worked out from that run, by way of the side both runs have.
 */
const UNLEASH = { unleash: 2_312, byHand: 83_000 };

const never: Load = { cpus: [], rates: [] };

/** CPU the server takes to answer one request about one of many customers, beside node:http as it is and beside what others build on it. */
export async function http(bench: Bench): Promise<Row[]> {
  const { result } = await bench.run('load-http', '10000');
  const sides = result as Readonly<Record<string, Load | undefined>>;
  const time = (side: string): string => {
    const { cpus, rates } = sides[side] ?? never;
    return `${median(cpus).toFixed(1)} µs CPU, ${(median(rates) / 1_000).toFixed(1)}k/s`;
  };
  /** Round by round, since what else the machine does takes from both sides of a round. */
  const ratioOf = (over: string, under: string): number => {
    const [{ cpus }, other] = [sides[over] ?? never, sides[under] ?? never];
    return median(cpus.map((cpu, round) => cpu / (other.cpus[round] ?? Number.NaN)));
  };
  const row = (what: string, over: string, under = 'raw', goal?: Row['goal']): Row => ({
    what,
    ours: time(over),
    other: time(under),
    ratio: ratioOf(over, under),
    goal,
  });
  const beside = [
    ...['sameHeaders', 'byHand', 'fastify', 'hono', 'express'].map((name) => row(`${name} ÷ node:http`, name)),
    row('304 by hand ÷ node:http', 'byHand 304'),
    row('one flag by hand ÷ node:http', 'byHand ofrep'),
  ];
  if (!sides.ours) return beside;
  const { ours, other, ...express } = row('GET of a customer: express ÷ ours', 'express', 'ours', { atLeast: 5 });
  const perUnleash = UNLEASH.byHand / UNLEASH.unleash / ratioOf('ours', 'byHand');
  return [
    row('GET of a customer ÷ node:http with one buffer for all', 'ours', 'raw', { atMost: 1.1 }),
    row('the same ÷ node:http with our headers and a body a customer', 'ours', 'sameHeaders'),
    row('the same, with a token', 'oursWithTokens'),
    row('the same, with a line of log a request ÷ without', 'oursLogged', 'ours'),
    row('the same, not changed (304)', 'ours 304', 'raw', { atMost: 0.9 }),
    row('one setting ÷ node:http', 'ours setting'),
    row('one flag over OFREP ÷ node:http', 'ours ofrep', 'raw', { atMost: 1.2 }),
    row('one flag over OFREP ÷ by hand', 'ours ofrep', 'byHand ofrep'),
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
