import fc from 'fast-check';
import { doubtsOf } from './doubts.ts';
import { faultsOf } from './model.ts';
import { type Chance, chanceFrom } from './random.ts';
import { randomCustomer } from './random-customer.ts';
import { randomPolicies } from './random-policies.ts';
import type { CustomerData, World } from './world.ts';

export { writeWorld } from './write-world.ts';

export interface RandomWorld {
  world: World;
  customers: Record<string, CustomerData>;
}

const lists = ['exceptions', 'addOns', 'statuses', 'trials', 'amendments', 'contracts'] as const;
type ListName = (typeof lists)[number];

/** Which records a problem is about, by how its name begins. */
const subjects: [string, ListName][] = [
  ['exception', 'exceptions'],
  ['expires', 'exceptions'],
  ['access', 'exceptions'],
  ['promise', 'exceptions'],
  ['add-on', 'addOns'],
  ['trial', 'trials'],
  ['paid', 'trials'],
  ['lapsed', 'statuses'],
  ['same-plan', 'amendments'],
];

/** Leaves out entries until no problem is left: the one whose leaving heals, else any of its kind. */
function repaired(
  customer: CustomerData,
  chance: Chance,
  problemsOf: (customer: CustomerData) => string[],
): CustomerData {
  let left = customer;
  const without = (list: ListName, index: number): CustomerData => ({
    ...left,
    [list]: (left[list] as unknown[]).filter((_, other) => other !== index),
  });
  for (let [problem] = problemsOf(left); problem !== undefined; [problem] = problemsOf(left)) {
    const filled = lists.filter((list) => (left[list]?.length ?? 0) > 0);
    if (filled.length === 0) return left;
    const subject = subjects.find(([beginning]) => problem?.startsWith(beginning))?.[1];
    const list = subject && filled.includes(subject) ? subject : chance.pick(filled);
    const fewer = (left[list] as unknown[]).map((_, index) => without(list, index));
    left = fewer.find((draft) => !problemsOf(draft).includes(problem as string)) ?? chance.pick(fewer);
  }
  return left;
}

const withoutEmpty = (customer: CustomerData): CustomerData =>
  Object.fromEntries(
    Object.entries(customer).filter(([, value]) => !Array.isArray(value) || value.length > 0),
  ) as CustomerData;

/**
 * A small company and one to three customers of every shape, the same for the same seed. About four in five customers
 * are sound (`faultsOf` is empty), most of those touch no corner the language leaves open (`doubtsOf` is empty).
 */
export function randomWorld(seed: number): RandomWorld {
  const chance = chanceFrom(seed);
  const world = randomPolicies(chance);
  const customers: Record<string, CustomerData> = {};
  for (let number = chance.int(1, 3); number > 0; number--) {
    const customer = randomCustomer(world, chance, number);
    const [isValid, isPlain] = [chance.yes(0.8), chance.yes(0.9)];
    const problemsOf = (draft: CustomerData) => {
      const faults = faultsOf(world, draft);
      return faults.length === 0 && isPlain ? doubtsOf(world, draft) : faults;
    };
    customers[`customer-${number}`] = withoutEmpty(isValid ? repaired(customer, chance, problemsOf) : customer);
  }
  return { world, customers };
}

/** The same as a fast-check arbitrary; a failure prints the seed that makes the world. */
export const worldArbitrary: fc.Arbitrary<RandomWorld & { seed: number }> = fc
  .noShrink(fc.integer({ min: 0, max: 0x7fff_ffff }))
  .map((seed) => ({ seed, ...randomWorld(seed) }));
