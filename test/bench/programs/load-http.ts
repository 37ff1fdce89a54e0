/**
 * `load-http <customers>`: starts each server in a process of its own, asks them in turn over connections that are kept, and
 * tells microseconds of the server's CPU for each kind of question.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { drawFrom } from '../../fixtures/release/counts.ts';
import { median } from '../measure.ts';
import { nameOf } from './crowd.ts';
import { httpSides } from './http-sides.ts';
import { tell } from './tell.ts';

const customers = Number(process.argv[2] ?? 10_000);
const CONNECTIONS = 16;
const QUESTIONS = 4_000;
const ROUNDS = 5;

interface Question {
  method: 'GET' | 'POST';
  path: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
}

const draw = drawFrom(1);
const someName = (): string => nameOf(Math.floor(draw() * customers));
const get = (name: string, headers = {}): Question => ({ method: 'GET', path: `/v1/customers/${name}`, headers });
const ofrep = (targetingKey: string): Question => ({
  method: 'POST',
  path: '/ofrep/v1/evaluate/flags/seats',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ context: { targetingKey } }),
});

interface Target {
  name: string;
  url: string;
  process: ChildProcess;
  agent: Agent;
}

function ask({ url, agent }: Target, { body, ...question }: Question): Promise<{ status: number; tag: string }> {
  return new Promise((resolve, reject) => {
    const asking = request(new URL(question.path, url), { ...question, agent }, (response) => {
      response.resume();
      response.once('end', () => resolve({ status: response.statusCode ?? 0, tag: String(response.headers.etag) }));
    });
    asking.once('error', reject);
    asking.end(body);
  });
}

/** Microseconds of CPU a question. */
async function load(target: Target, status: number, next: () => Question): Promise<number> {
  const cpu = async (): Promise<number> => {
    target.process.send('cpu');
    const [{ user, system }] = (await once(target.process, 'message')) as [NodeJS.CpuUsage];
    return user + system;
  };
  const before = await cpu();
  let left = QUESTIONS;
  const one = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const answer = await ask(target, next());
      if (answer.status !== status) throw new Error(`${target.name} answered ${answer.status} in place of ${status}`);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, one));
  return ((await cpu()) - before) / QUESTIONS;
}

const program = fileURLToPath(new URL('http-server.js', import.meta.url));
const targets: Target[] = [];
for (const name of Object.keys(httpSides)) {
  const child = fork(program, [name, String(customers)]);
  const [{ url }] = (await once(child, 'message')) as [{ url: string | null }];
  if (url === null) child.disconnect();
  else targets.push({ name, url, process: child, agent: new Agent({ keepAlive: true, maxSockets: CONNECTIONS }) });
}

const runs: [name: string, take: () => Promise<number>][] = [];
for (const target of targets) {
  runs.push([target.name, () => load(target, 200, () => get(someName()))]);
  if (target.name !== 'ours' && target.name !== 'byHand') continue;
  const known = someName();
  const { tag } = await ask(target, get(known));
  runs.push([`${target.name} 304`, () => load(target, 304, () => get(known, { 'if-none-match': tag }))]);
  if (target.name === 'ours') runs.push(['ours ofrep', () => load(target, 200, () => ofrep(someName()))]);
}
const times = new Map(runs.map(([name]) => [name, [] as number[]]));
for (let round = 0; round <= ROUNDS; round += 1)
  for (const position of runs.keys()) {
    const [name, take] = runs[(round + position) % runs.length] as (typeof runs)[number];
    const took = await take();
    // The first round warms all of them.
    if (round > 0) times.get(name)?.push(took);
  }
for (const { process: child, agent } of targets) {
  agent.destroy();
  child.disconnect();
}
tell(Object.fromEntries([...times].map(([name, list]) => [name, median(list)])));
