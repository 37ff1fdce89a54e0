/**
 * `load-http <customers>`: starts a server for each side and kind of question, each in a process of its own, asks them in turn
 * over connections that are kept, and tells microseconds of the server's CPU a request, round by round, and how many a second
 * were answered.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { drawFrom } from '../../fixtures/release/counts.ts';
import { nameOf } from './crowd.ts';
import { httpSides, token } from './http-sides.ts';
import { keepAsking, type Question } from './keep-asking.ts';
import { tell } from './tell.ts';

const customers = Number(process.argv[2] ?? 10_000);
const CONNECTIONS = 32;
/** Each customer is asked for several times within a turn, as by wrk within some seconds: what a server keeps of it is near then. */
const QUESTIONS = 20_000;
const ROUNDS = 7;
/** Questions at the beginning of a turn that do not count: another process had the caches of the machine before. */
const AGAIN_WARM = 10_000;
/** What a server is asked before anything counts. */
const WARM = 10_000;

export interface Load {
  /** Microseconds of CPU a request, of each round. */
  cpus: number[];
  /** Requests a second, of each round. */
  rates: number[];
}

interface Target {
  url: string;
  process: ChildProcess;
}

/** A side, and what it is asked. */
interface Run {
  side: string;
  kind?: keyof typeof kinds;
}

const draw = drawFrom(1);
const written = (line: string, headers: Readonly<Record<string, string>> = {}, body = ''): Question => {
  const more = Object.entries({ Host: 'localhost', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${line} HTTP/1.1\r\n${more.join('')}\r\n${body}`);
};
const get = (name: string, rest = '', headers = {}): Question => written(`GET /v1/customers/${name}${rest}`, headers);
const ofrep = (targetingKey: string, flag = ''): Question => {
  const body = JSON.stringify({ context: { targetingKey } });
  const headers = { 'Content-Type': 'application/json', 'Content-Length': String(body.length) };
  return written(`POST /ofrep/v1/evaluate/flags${flag}`, headers, body);
};

const withToken = { Authorization: `Bearer ${token}` };
/** What is asked of a customer, by the kind of question. */
const kinds = {
  token: (name: string) => get(name, '', withToken),
  setting: (name: string) => get(name, '/settings/seats'),
  ofrep: (name: string) => ofrep(name, '/seats'),
  flags: (name: string) => ofrep(name),
  '304': undefined,
};

const runs: readonly Run[] = [
  ...Object.keys(httpSides).map((side): Run => (side === 'oursWithTokens' ? { side, kind: 'token' } : { side })),
  { side: 'byHand', kind: '304' },
  { side: 'byHand', kind: 'ofrep' },
  ...(['304', 'setting', 'ofrep', 'flags'] as const).map((kind): Run => ({ side: 'ours', kind })),
];

const program = fileURLToPath(new URL('http-server.js', import.meta.url));
async function start(side: string): Promise<Target | undefined> {
  const child = fork(program, [side, String(customers)]);
  const [{ url }] = (await once(child, 'message')) as [{ url: string | null }];
  if (url !== null) return { url, process: child };
  child.disconnect();
  return undefined;
}

/** Asks so many questions, of which the first do not count. */
async function load(
  target: Target,
  status: number,
  next: () => Question,
  { uncounted = 0, counted = 0 },
): Promise<{ cpu: number; rate: number }> {
  const cpu = async (): Promise<number> => {
    target.process.send('cpu');
    const [{ user, system }] = (await once(target.process, 'message')) as [NodeJS.CpuUsage];
    return user + system;
  };
  // Opened for each turn and before it counts: servers close what waits while others are asked.
  const asker = await keepAsking(target.url, CONNECTIONS);
  const ask = (count: number): Promise<void> => {
    let left = count;
    return asker.ask(status, () => {
      left -= 1;
      return left < 0 ? undefined : next();
    });
  };
  await ask(uncounted);
  const before = await cpu();
  const began = performance.now();
  await ask(counted);
  const rate = counted / ((performance.now() - began) / 1_000);
  const took = (await cpu()) - before;
  asker.close();
  return { cpu: took / counted, rate };
}

/** One question after the other, of customers in no order, made before the clock runs; and the status they are answered with. */
async function questionsOf({ kind }: Run, { url }: Target): Promise<{ status: number; next(): Question }> {
  const make = kind === undefined ? get : kinds[kind];
  if (make) {
    const questions = everybody.map((name) => make(name));
    return { status: 200, next: () => questions[Math.floor(draw() * customers)] as Question };
  }
  const known = nameOf(0);
  const tag = (await fetch(`${url}/v1/customers/${known}`)).headers.get('etag') ?? '';
  const again = get(known, '', { 'If-None-Match': tag });
  return { status: 304, next: () => again };
}

const everybody = Array.from({ length: customers }, (_, index) => nameOf(index));
const results: Record<string, Load> = {};
const turns: [results: Load, take: (counted: typeof counts) => ReturnType<typeof load>, target: Target][] = [];
const counts = { uncounted: AGAIN_WARM, counted: QUESTIONS };
for (const run of runs) {
  const target = await start(run.side);
  if (!target) continue;
  const { side, kind } = run;
  const name = kind === undefined || kind === 'token' ? side : `${side} ${kind}`;
  if (kind === undefined) {
    // Each customer once: what is kept for the next time is made, and measured by itself.
    const names = everybody.values();
    const first = await load(target, 200, () => get(names.next().value as string), { counted: customers });
    results[`${side} first`] = { cpus: [first.cpu], rates: [first.rate] };
  }
  const { status, next } = await questionsOf(run, target);
  const taken: Load = { cpus: [], rates: [] };
  results[name] = taken;
  turns.push([taken, (counted) => load(target, status, next, counted), target]);
  await load(target, status, next, { counted: WARM });
}
for (let round = 0; round < ROUNDS; round += 1)
  for (const position of turns.keys()) {
    const [taken, take] = turns[(round + position) % turns.length] as (typeof turns)[number];
    const { cpu, rate } = await take(counts);
    taken.cpus.push(cpu);
    taken.rates.push(rate);
  }
for (const [, , target] of turns) target.process.disconnect();
tell(results);
