/**
 * `read-customers <customers>`: asks for one setting of customers in no order, of the terms and of others, in turn in this one
 * process; tells nanoseconds of CPU a question for each side, round by round.
 */
import { DRAWS, openWorld } from './open-world.ts';
import { type Pass, readingSides, searchingSides } from './reading-sides.ts';
import { tell } from './tell.ts';

const customers = Number(process.argv[2] ?? 1_000);
/** What others on the machine do changes within a second: turns are short, and there are many. */
const ROUNDS = 25;
/** How long one side is measured in a round, in milliseconds. */
const TURN = 30;
const LEAST = 10;

const asking = await openWorld(customers);
const { terms } = asking.world;

interface Side {
  pass: Pass;
  /** Questions in a turn. */
  count: number;
  times: number[];
}

async function ready(pass: Pass): Promise<Side> {
  const slow = await asking.ask(pass, LEAST);
  const warm = await asking.ask(pass, Math.min(20_000, Math.max(LEAST, Math.round((TURN * 1e6) / slow))));
  return { pass, count: Math.min(DRAWS, Math.max(LEAST, Math.round((TURN * 1e6) / warm))), times: [] };
}

const sides: Record<string, Side> = {};
for (const [name, open] of Object.entries({ ...readingSides, ...searchingSides })) {
  const pass = await open(asking.world);
  if (pass) sides[name] = await ready(pass);
}
const entries = Object.entries(sides);
for (let round = 0; round <= ROUNDS; round += 1)
  for (const position of entries.keys()) {
    const [, side] = entries[(round + position) % entries.length] as [string, Side];
    const time = await asking.ask(side.pass, side.count);
    // The first round warms all of them.
    if (round > 0) side.times.push(time);
  }
await terms.close();
tell(Object.fromEntries(entries.map(([name, { times }]) => [name, times])));
process.exit();
