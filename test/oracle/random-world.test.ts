import fc from 'fast-check';
import { load } from 'js-yaml';
import { expect, it } from 'vitest';
import { answerOn, answersBetween, faultsOf, horizonOf } from './model.ts';
import { randomWorld, worldArbitrary, writeWorld } from './random-world.ts';

const seeds = Array.from({ length: 25 }, (_, index) => index + 1);
const made = seeds.map((seed) => randomWorld(seed));
const everyone = made.flatMap(({ world, customers }) =>
  Object.values(customers).map((customer) => ({ world, customer })),
);

it('makes the same world from the same seed, and others from others', () => {
  expect(randomWorld(7)).toEqual(randomWorld(7));
  expect(randomWorld(8)).not.toEqual(randomWorld(7));
});

it('makes mostly sound customers, of many shapes', () => {
  const sound = everyone.filter(({ world, customer }) => faultsOf(world, customer).length === 0);
  expect(sound.length).toBeGreaterThan(everyone.length * 0.6);
  for (const list of ['contracts', 'trials', 'amendments', 'statuses', 'addOns', 'exceptions'] as const)
    expect([list, sound.filter(({ customer }) => customer[list]).length > 3]).toEqual([list, true]);
});

it('reaches holds, drops and every serious stage', () => {
  const seen = new Set<string>();
  for (const { world, customer } of everyone)
    for (const answer of answersBetween(world, customer, '2026-01-01', horizonOf(world, customer)).values()) {
      for (const state of Object.values(answer.exceptions)) seen.add(state);
      seen.add(answer.stage).add(answer.held.length > 0 ? 'held' : 'free');
    }
  const stages = ['active', 'grace', 'pastDue', 'suspended', 'lapsed', 'closed'];
  for (const wanted of ['held', 'dropped', 'expired', ...stages]) expect(seen).toContain(wanted);
});

it('writes files that read back as the same data', () => {
  for (const { world, customers } of made) {
    const files = writeWorld(world, customers);
    for (const [id, customer] of Object.entries(customers))
      expect(load(files[`customers/${id}.yaml`] ?? '')).toEqual(customer);
    for (const [plan, data] of Object.entries(world.plans))
      expect(load(files[`plans/${plan}.yaml`] ?? '')).toEqual(data);
    expect(load(files['policies/lifecycle.yaml'] ?? '')).toEqual(world.lifecycle);
    expect(load(files['policies/menu.yaml'] ?? '')).toEqual(world.menu);
  }
});

it('has nothing that happens after the horizon', () => {
  fc.assert(
    fc.property(worldArbitrary, ({ world, customers }) => {
      for (const customer of Object.values(customers)) {
        const end = horizonOf(world, customer);
        expect(answerOn(world, customer, '2029-01-01')).toEqual(answerOn(world, customer, end));
      }
    }),
    { numRuns: 8 },
  );
});
