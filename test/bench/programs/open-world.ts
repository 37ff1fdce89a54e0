import { openTerms } from '../../../runtime/index.ts';
import { drawFrom } from '../../fixtures/release/counts.ts';
import { MemoryStore } from '../../fixtures/release/memory-store.ts';
import { crowdSnapshot, nameOf, type Product, publishCrowd, seatsOf } from './crowd.ts';
import type { Pass, World } from './reading-sides.ts';

/** Customers in no order, as often as anybody asks for one after the other. */
export const DRAWS = 1_000_000;

export interface Asking {
  world: World;
  /** Nanoseconds of CPU a question, of so many; what was answered is held against what was published. */
  ask(pass: Pass, count: number): Promise<number>;
}

/** So many customers, read and asked once. */
export async function openWorld(customers: number): Promise<Asking> {
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
  const draw = drawFrom(1);
  const drawn = Array.from({ length: DRAWS }, () => Math.floor(draw() * customers));
  const asked = drawn.map((index) => names[index] as string);
  return {
    world: { terms, plain },
    async ask(pass, count) {
      const from = Math.floor(draw() * (DRAWS - count));
      const these = asked.slice(from, from + count);
      const begun = process.cpuUsage();
      const answered = pass(these);
      const sum = typeof answered === 'number' ? answered : await answered;
      const { user, system } = process.cpuUsage(begun);
      const right = drawn.slice(from, from + count).reduce((all, index) => all + seatsOf(index), 0);
      if (sum !== right) throw new Error(`answered ${sum} in place of ${right}`);
      return ((user + system) * 1000) / count;
    },
  };
}
