/**
 * `load-abuse <sockets>`: asks two servers in turn over connections that are kept, while others hold sockets of one of them;
 * tells of each kind of them the 99th percentile in milliseconds at either.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { drawFrom } from '../../fixtures/release/counts.ts';
import { median } from '../measure.ts';
import { nameOf } from './crowd.ts';
import { tell } from './tell.ts';

const sockets = Number(process.argv[2] ?? 500);
const CUSTOMERS = 1_000;
const CONNECTIONS = 16;
/** So short that whatever else the machine does slows both sides alike. */
const BATCH = 200;
const BATCHES = 10;
const ROUNDS = 4;
const KINDS = ['slow heads', 'slow bodies', 'deaf readers'] as const;

interface Target {
  url: string;
  process: ChildProcess;
  agent: Agent;
}

async function start(program: string, ...args: string[]): Promise<{ process: ChildProcess; said: unknown }> {
  const child = fork(fileURLToPath(new URL(program, import.meta.url)), args);
  const [said] = await once(child, 'message');
  return { process: child, said };
}

async function startServer(): Promise<Target> {
  const { process: child, said } = await start('http-server.js', 'ours', String(CUSTOMERS));
  const { url } = said as { url: string };
  return { url, process: child, agent: new Agent({ keepAlive: true, maxSockets: CONNECTIONS }) };
}

const draw = drawFrom(1);

function ask({ url, agent }: Target): Promise<number> {
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const path = `/v1/customers/${nameOf(Math.floor(draw() * CUSTOMERS))}`;
    const asking = request(new URL(path, url), { agent }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`an honest request was answered ${response.statusCode}`));
      response.resume();
      response.once('end', () => resolve(performance.now() - begun));
    });
    asking.once('error', reject);
    asking.end();
  });
}

async function askMany(target: Target, times: number[]): Promise<void> {
  let left = BATCH;
  const one = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      times.push(await ask(target));
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, one));
}

const slowest = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.99)] as number;

const servers = [await startServer(), await startServer()] as const;
const { process: holder } = await start('hold-sockets.js');

async function measure(kind: string, round: number): Promise<{ held: number; alone: number }> {
  const [attacked, other] = round % 2 === 0 ? servers : [servers[1], servers[0]];
  holder.send({ url: attacked.url, kind, sockets });
  const [{ open }] = (await once(holder, 'message')) as [{ open: number }];
  if (open < sockets) throw new Error(`only ${open} of ${sockets} connections were taken`);
  // What it costs to take them all at once is another question.
  await sleep(1_000);
  const times = { held: [] as number[], alone: [] as number[] };
  for (let batch = 0; batch < BATCHES; batch += 1) {
    await askMany(attacked, times.held);
    await askMany(other, times.alone);
  }
  holder.send({ kind: null });
  await once(holder, 'message');
  return { held: slowest(times.held), alone: slowest(times.alone) };
}

const found = new Map(KINDS.map((kind) => [kind, { held: [] as number[], alone: [] as number[] }]));
for (let round = 0; round <= ROUNDS; round += 1)
  for (const [kind, times] of found) {
    const { held, alone } = await measure(kind, round);
    // The first round warms the servers.
    if (round === 0) continue;
    times.held.push(held);
    times.alone.push(alone);
  }
for (const { agent, process: child } of servers) {
  agent.destroy();
  child.disconnect();
}
holder.disconnect();
tell(
  Object.fromEntries([...found].map(([kind, { held, alone }]) => [kind, { held: median(held), alone: median(alone) }])),
);
