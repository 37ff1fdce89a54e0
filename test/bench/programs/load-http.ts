/**
 * `load-http <customers>`: starts each server in a process of its own, asks them in turn over connections that are kept, and
 * tells microseconds of the server's CPU for each kind of question, and how many a second were answered.
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
const QUESTIONS = 2_000;
const ROUNDS = 9;

export interface Load {
  /** Microseconds of CPU a request. */
  cpu: number;
  /** Requests a second. */
  rate: number;
}

interface Target {
  name: string;
  url: string;
  process: ChildProcess;
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

/** What is asked of each customer, made before the clock runs. */
const everybody = Array.from({ length: customers }, (_, index) => nameOf(index));
const ofAll = (make: (name: string) => Question): (() => Question) => {
  const questions = everybody.map(make);
  return () => questions[Math.floor(draw() * customers)] as Question;
};
const plain = ofAll((name) => get(name));
const flag = ofAll((name) => ofrep(name, '/seats'));
const withToken = { Authorization: `Bearer ${token}` };
const tokened = ofAll((name) => get(name, '', withToken));
const setting = ofAll((name) => get(name, '/settings/seats'));
const flags = ofAll((name) => ofrep(name));

async function load(target: Target, status: number, count: number, next: () => Question): Promise<Load> {
  const cpu = async (): Promise<number> => {
    target.process.send('cpu');
    const [{ user, system }] = (await once(target.process, 'message')) as [NodeJS.CpuUsage];
    return user + system;
  };
  // Opened for each turn and before it counts: servers close what waits while others are asked.
  const asker = await keepAsking(target.url, CONNECTIONS);
  const before = await cpu();
  const began = performance.now();
  let left = count;
  await asker.ask(status, () => {
    left -= 1;
    return left < 0 ? undefined : next();
  });
  const rate = count / ((performance.now() - began) / 1_000);
  const took = (await cpu()) - before;
  asker.close();
  return { cpu: took / count, rate };
}

const program = fileURLToPath(new URL('http-server.js', import.meta.url));
const targets: Target[] = [];
for (const name of Object.keys(httpSides)) {
  const child = fork(program, [name, String(customers)]);
  const [{ url }] = (await once(child, 'message')) as [{ url: string | null }];
  if (url === null) child.disconnect();
  else targets.push({ name, url, process: child });
}

const results: Record<string, Load> = {};
const runs: [name: string, take: () => Promise<Load>][] = [];
const headersOf = ({ name }: Target) => (name === 'oursWithTokens' ? withToken : {});
for (const target of targets) {
  const { name } = target;
  // Each customer once: what is kept for the next time is made, and measured by itself.
  const names = everybody.values();
  const first = await load(target, 200, customers, () => get(names.next().value as string, '', headersOf(target)));
  results[`${name} first`] = first;
  const add = (what: string, status: number, next: () => Question): void => {
    runs.push([`${name}${what}`, () => load(target, status, QUESTIONS, next)]);
  };
  add('', 200, name === 'oursWithTokens' ? tokened : plain);
  if (name !== 'ours' && name !== 'byHand') continue;
  add(' ofrep', 200, flag);
  const known = nameOf(0);
  const tag = (await fetch(`${target.url}/v1/customers/${known}`)).headers.get('etag') ?? '';
  const again = get(known, '', { 'If-None-Match': tag });
  add(' 304', 304, () => again);
  if (name !== 'ours') continue;
  add(' setting', 200, setting);
  add(' flags', 200, flags);
}
for (let round = 0; round <= ROUNDS; round += 1)
  for (const position of runs.keys()) {
    const [name, take] = runs[(round + position) % runs.length] as (typeof runs)[number];
    const { cpu, rate } = await take();
    // The first rounds warm all of them; others on the machine only ever add to what was taken.
    const best = round > 1 ? (results[name] ?? { cpu, rate }) : { cpu, rate };
    results[name] = { cpu: Math.min(best.cpu, cpu), rate: Math.max(best.rate, rate) };
  }
for (const target of targets) target.process.disconnect();
tell(results);
