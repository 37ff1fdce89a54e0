import { expect, it } from 'vitest';
import { compileCustomer } from '../../../engine/compile/compile-customer.ts';
import { prepareWorld } from '../../../engine/compile/prepare-world.ts';
import { normaliseSettings } from '../../../engine/schemas/normalise-settings.ts';
import { fold } from '../../../runtime/terms/fold.ts';
import { onDay } from '../../../runtime/terms/at.ts';
import type { Customer } from '../../../schemas/customer.ts';
import { plainCustomer, plainWorld, type PlainWorld } from '../../fixtures/plain-model.ts';
import { doubtsOf } from '../../oracle/doubts.ts';
import { answersBetween, faultsOf, horizonOf } from '../../oracle/model.ts';
import { type RandomWorld, randomWorld } from '../../oracle/random-world.ts';
import type { CustomerData } from '../../oracle/world.ts';

const WORLDS = Number(process.env.PROVISO_WORLDS ?? 400);
const FIRST = Number(process.env.PROVISO_SEED ?? 1);

const text = (value: unknown): string =>
  JSON.stringify(value, (_, inner) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
const withoutEmpty = (tree: unknown): unknown =>
  typeof tree !== 'object' || tree === null || Array.isArray(tree)
    ? tree
    : Object.fromEntries(
        Object.entries(tree)
          .map(([key, value]) => [key, withoutEmpty(value)] as const)
          .filter(([, value]) => !(typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0)),
      );

/** Compares every day of one customer; undefined when both agree. */
function disagreement(seed: number, id: string, { world, customers }: RandomWorld): string | undefined {
  const data = customers[id] as CustomerData;
  const prepared = prepareWorld(
    plainWorld({ ...(world as unknown as PlainWorld), settings: normaliseSettings(world.settings) }),
  );
  const compiled = compileCustomer(plainCustomer(id, data as unknown as Customer), prepared);
  const expected = faultsOf(world, data);
  const found = compiled.diagnostics.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);
  if (expected.length > 0 !== found.length > 0) return `seed ${seed} ${id}: oracle faults ${expected}; compile ${found}`;
  if (expected.length > 0 || !compiled.timeline) return undefined;
  const horizon = horizonOf(world, data);
  for (const [day, answer] of answersBetween(world, data, '2025-12-01', horizon)) {
    const segment = onDay(compiled.timeline, day);
    const mine = {
      plan: segment.plan,
      stage: segment.stage,
      settings: fold(prepared.settings, segment.layers),
      terms: withoutEmpty({ billing: segment.terms.billing, support: segment.terms.support }),
      rules: segment.access.rules.map(({ exception: _, ...rule }) => rule),
      held: [...new Set(segment.layers.filter(({ heldSince }) => heldSince).flatMap(({ set }) => Object.keys(set ?? {})))].sort(),
    };
    const theirs = {
      plan: answer.plan,
      stage: answer.stage,
      settings: answer.settings,
      terms: withoutEmpty(answer.terms),
      rules: answer.access.rules,
      held: [...answer.held].sort(),
    };
    for (const part of Object.keys(mine) as (keyof typeof mine)[])
      if (text(mine[part]) !== text(theirs[part]))
        return `seed ${seed} ${id} ${day} ${part} [${doubtsOf(world, data)}]:\n  compile ${text(mine[part])}\n  oracle  ${text(theirs[part])}`;
  }
  return undefined;
}

it(`agrees with the day-by-day model on ${WORLDS} random worlds from seed ${FIRST}`, () => {
  const disagreements: string[] = [];
  let compared = 0;
  for (let seed = FIRST; seed < FIRST + WORLDS; seed++) {
    const world = randomWorld(seed);
    for (const id of Object.keys(world.customers)) {
      compared++;
      const found = disagreement(seed, id, world);
      if (found) disagreements.push(found);
    }
  }
  console.info(`${compared} customers compared day by day, from seed ${FIRST}`);
  expect(disagreements.slice(0, 20)).toEqual([]);
}, 600_000);
