import type { Bench, Row } from '../part.ts';

const time = (microseconds = Number.NaN): string => `${microseconds.toFixed(0)} µs CPU`;

/** CPU the server takes to answer one request about one of many customers, beside node:http as it is and beside what others build on it. */
export async function http(bench: Bench): Promise<Row[]> {
  const { result } = await bench.run('load-http', '10000');
  const sides = result as Readonly<Record<string, number>>;
  const hasServer = 'ours' in sides;
  const row = (what: string, over: string, under: string, goal?: Row['goal']): Row => ({
    what,
    ours: time(sides[over]),
    other: time(sides[under]),
    ratio: (sides[over] ?? Number.NaN) / (sides[under] ?? Number.NaN),
    goal,
  });
  const beside = ['byHand', 'fastify', 'hono', 'express'].map((name) => row(`${name} ÷ node:http`, name, 'raw'));
  if (!hasServer) return [row('304 by hand ÷ node:http', 'byHand 304', 'raw'), ...beside];
  const { ours, other, ...express } = row('GET of a customer: express ÷ ours', 'express', 'ours', { atLeast: 5 });
  return [
    row('GET of a customer ÷ node:http with one buffer for all', 'ours', 'raw', { atMost: 1.1 }),
    row('the same, not changed (304) ÷ node:http', 'ours 304', 'raw', { atMost: 0.9 }),
    row('one flag over OFREP ÷ node:http', 'ours ofrep', 'raw', { atMost: 1.2 }),
    { ...express, ours: other, other: ours },
    ...beside,
  ];
}
