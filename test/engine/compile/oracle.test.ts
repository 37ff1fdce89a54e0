import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import { compileCustomer } from '../../../engine/compile/compile-customer.ts';
import { type PreparedWorld, prepareWorld } from '../../../engine/compile/prepare-world.ts';
import { normaliseSettings } from '../../../engine/schemas/normalise-settings.ts';
import { onDay } from '../../../runtime/terms/at.ts';
import { fold, foldSetting } from '../../../runtime/terms/fold.ts';
import type { Segment } from '../../../runtime/terms/timeline.ts';
import type { Customer } from '../../../schemas/customer.ts';
import { type PlainWorld, plainCustomer, plainWorld } from '../../fixtures/plain-model.ts';
import { doubtsOf } from '../../oracle/doubts.ts';
import { type Answer, answersBetween, faultsOf, horizonOf } from '../../oracle/model.ts';
import { type RandomWorld, randomWorld } from '../../oracle/random-world.ts';
import type { CustomerData } from '../../oracle/world.ts';

const WORLDS = Number(process.env.PROVISO_WORLDS ?? 300);
const FIRST = Number(process.env.PROVISO_SEED ?? 1);

const isTree = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const withoutEmpty = (tree: object): object =>
  Object.fromEntries(
    Object.entries(tree)
      .map(([key, value]) => [key, isTree(value) ? withoutEmpty(value) : value] as const)
      .filter(([, value]) => !isTree(value) || Object.keys(value).length > 0),
  );

/** By setting the last day of the layer that gives it. */
const untilIn = (layers: Segment['layers'], settings: PreparedWorld['settings']) =>
  Object.fromEntries(
    Object.keys(settings).flatMap((key) => {
      const until = foldSetting(settings, key, layers).layer?.until;
      return until === undefined ? [] : [[key, until]];
    }),
  );

const seenByEngine = ({ plan, stage, layers, terms, access, promised = [] }: Segment, { settings }: PreparedWorld) => ({
  plan,
  stage,
  settings: fold(settings, layers),
  terms: withoutEmpty({ billing: terms.billing, support: terms.support }),
  rules: access.rules.map(({ exception: _, ...rule }) => rule),
  held: [...new Set(layers.flatMap(({ heldSince, set }) => (heldSince ? Object.keys(set ?? {}) : [])))].sort(),
  until: untilIn(layers, settings),
  promised,
});

const seenByModel = ({ plan, stage, settings, terms, access, held, until, promised }: Answer) => ({
  plan,
  stage,
  settings,
  terms: withoutEmpty(terms),
  rules: access.rules,
  held: [...held].sort(),
  until,
  promised,
});

/** Compares every day of one customer; undefined when both agree. */
function disagreement(seed: number, id: string, { world, customers }: RandomWorld): string | undefined {
  const data = customers[id] as CustomerData;
  const prepared = prepareWorld(
    plainWorld({ ...(world as unknown as PlainWorld), settings: normaliseSettings(world.settings) }),
  );
  const compiled = compileCustomer(plainCustomer(id, data as unknown as Customer), prepared);
  const expected = faultsOf(world, data);
  const found = compiled.diagnostics.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);
  if (expected.length > 0 !== found.length > 0)
    return `seed ${seed} ${id}: oracle faults ${expected}; compile ${found}`;
  if (expected.length > 0 || !compiled.timeline) return undefined;
  const seen = new Map<Segment, ReturnType<typeof seenByEngine>>();
  for (const [day, answer] of answersBetween(world, data, '2025-12-01', horizonOf(world, data))) {
    const segment = onDay(compiled.timeline, day);
    const mine = seen.get(segment) ?? seenByEngine(segment, prepared);
    seen.set(segment, mine);
    const theirs = seenByModel(answer);
    if (isDeepStrictEqual(mine, theirs)) continue;
    const part = (Object.keys(mine) as (keyof typeof mine)[]).find((key) => !isDeepStrictEqual(mine[key], theirs[key]));
    const [engine, model] = [mine, theirs].map((side) => JSON.stringify(part && side[part]));
    return `seed ${seed} ${id} ${day} ${part} [${doubtsOf(world, data)}]:\n  compile ${engine}\n  oracle  ${model}`;
  }
  return undefined;
}

it(
  `agrees with the day-by-day model on ${WORLDS} random worlds from seed ${FIRST}`,
  () => {
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
    expect(compared).toBeGreaterThanOrEqual(WORLDS);
    expect(disagreements.slice(0, 20)).toEqual([]);
  },
  Math.max(120_000, WORLDS * 1000),
);
