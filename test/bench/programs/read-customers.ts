/**
 * `read-customers <customers>`: asks for one setting of customers in no order, of the terms and of others, in turn in this one
 * process; tells nanoseconds of CPU a question for each side, round by round.
 */
import { openTerms } from '../../../runtime/index.ts';
import { drawFrom } from '../../fixtures/release/counts.ts';
import { MemoryStore } from '../../fixtures/release/memory-store.ts';
import { crowdSnapshot, nameOf, type Product, publishCrowd, seatsOf } from './crowd.ts';
import { type Pass, readingSides, searchingSides, type World } from './reading-sides.ts';
import { tell } from './tell.ts';

const customers = Number(process.argv[2] ?? 1_000);
/** What others on the machine do changes within a second: turns are short, and there are many. */
const ROUNDS = 25;
/** How long one side is measured in a round, in milliseconds. */
const TURN = 30;
const LEAST = 10;
const DRAWS = 1_000_000;

const store = new MemoryStore();
await publishCrowd(store, 'c1', crowdSnapshot(customers));
const terms = await openTerms<Product>({ store, poll: 3_600_000 });
// As they come from outside: texts that were put together here are looked up more slowly until they are copied.
const names = JSON.parse(JSON.stringify(Array.from({ length: customers }, (_, index) => nameOf(index)))) as string[];
// Both are filled in the same order, and everything that is folded once has been.
const plain = new Map(
  names.map((name) => {
    const view = terms.customer(name);
    if (!view) throw new Error(`${name} is not there`);
    view.explain('seats');
    return [name, { ...view.settings }];
  }),
);
const world: World = { terms, plain };

const draw = drawFrom(1);
const drawn = Array.from({ length: DRAWS }, () => Math.floor(draw() * customers));
const asked = drawn.map((index) => names[index] as string);

interface Side {
  pass: Pass;
  /** Questions in a turn. */
  count: number;
  times: number[];
}

/** Nanoseconds of CPU a question; what was answered is held against what was published. */
async function ask(pass: Pass, count: number): Promise<number> {
  const from = Math.floor(draw() * (DRAWS - count));
  const these = asked.slice(from, from + count);
  const begun = process.cpuUsage();
  const answered = pass(these);
  const sum = typeof answered === 'number' ? answered : await answered;
  const { user, system } = process.cpuUsage(begun);
  const right = drawn.slice(from, from + count).reduce((all, index) => all + seatsOf(index), 0);
  if (sum !== right) throw new Error(`answered ${sum} in place of ${right}`);
  return ((user + system) * 1000) / count;
}

async function ready(pass: Pass): Promise<Side> {
  const slow = await ask(pass, LEAST);
  const warm = await ask(pass, Math.min(20_000, Math.max(LEAST, Math.round((TURN * 1e6) / slow))));
  return { pass, count: Math.min(DRAWS, Math.max(LEAST, Math.round((TURN * 1e6) / warm))), times: [] };
}

const sides: Record<string, Side> = {};
for (const [name, open] of Object.entries({ ...readingSides, ...searchingSides })) {
  const pass = await open(world);
  if (pass) sides[name] = await ready(pass);
}
const entries = Object.entries(sides);
for (let round = 0; round <= ROUNDS; round += 1)
  for (const position of entries.keys()) {
    const [, side] = entries[(round + position) % entries.length] as [string, Side];
    const time = await ask(side.pass, side.count);
    // The first round warms all of them.
    if (round > 0) side.times.push(time);
  }
await terms.close();
tell(Object.fromEntries(entries.map(([name, { times }]) => [name, times])));
process.exit();
