/**
 * `read-providers <customers>`: asks for one setting of customers in no order through providers of the OpenFeature SDK, each in a
 * process of its own, in turn; tells nanoseconds of CPU a question for each, round by round.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { providerSides } from './reading-sides.ts';
import { tell } from './tell.ts';

const [customers = '1000'] = process.argv.slice(2);
/** The SDK is some thousand lines that each process has to make fast for itself. */
const WARM = 300_000;
const ROUNDS = 120;
/** About 30 milliseconds. */
const QUESTIONS = 4_000;

const program = fileURLToPath(new URL('provider-side.js', import.meta.url));
async function timeOf(child: ChildProcess, questions: number): Promise<number | null> {
  child.send(questions);
  return ((await once(child, 'message')) as [number | null])[0];
}

const sides: [name: string, child: ChildProcess, times: number[]][] = [];
for (const name of Object.keys(providerSides)) {
  const child = fork(program, [name, customers]);
  await once(child, 'message');
  if ((await timeOf(child, WARM)) === null) child.disconnect();
  else sides.push([name, child, []]);
}
for (let round = 0; round < ROUNDS; round += 1)
  for (const position of sides.keys()) {
    const [, child, times] = sides[(round + position) % sides.length] as (typeof sides)[number];
    times.push((await timeOf(child, QUESTIONS)) ?? Number.NaN);
  }
for (const [, child] of sides) child.disconnect();
tell(Object.fromEntries(sides.map(([name, , times]) => [name, times])));
