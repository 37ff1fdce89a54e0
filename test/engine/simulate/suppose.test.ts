import { expect, it } from 'vitest';
import { compileCustomer } from '../../../engine/compile/compile-customer.ts';
import { prepareWorld } from '../../../engine/compile/prepare-world.ts';
import { isError } from '../../../engine/diagnostic.ts';
import { normaliseSettings } from '../../../engine/schemas/normalise-settings.ts';
import { simulate } from '../../../engine/simulate/simulate.ts';
import type { Supposed } from '../../../engine/simulate/simulation.ts';
import { suppose } from '../../../engine/simulate/suppose.ts';
import { UsageError } from '../../../engine/usage-error.ts';
import { hasShape } from '../../../engine/validate/has-shape.ts';
import { addDays } from '../../../runtime/terms/days.ts';
import { type Stage, stages } from '../../../runtime/terms/timeline.ts';
import type { Customer } from '../../../schemas/customer.ts';
import { type PlainWorld, plainCustomer, plainWorld } from '../../fixtures/plain-model.ts';
import { answersBetween, faultsOf } from '../../oracle/model.ts';
import { chanceFrom } from '../../oracle/random.ts';
import { randomWorld } from '../../oracle/random-world.ts';
import type { CustomerData } from '../../oracle/world.ts';

// The model works every day out: a twentieth of the worlds others try.
const WORLDS = Math.ceil(Number(process.env.PROVISO_WORLDS ?? 250) / 20);
const FIRST = Number(process.env.PROVISO_SEED ?? 1);

function everySupposition(seed: number, plans: string[]): Supposed[] {
  const chance = chanceFrom(seed);
  const at = addDays('2026-01-10', chance.int(0, 700));
  const plan = chance.pick(plans);
  const since = addDays(at, -chance.int(0, 60));
  const all: Supposed[] = [
    { at, plan },
    { at, plan, event: chance.pick(['upgrade', 'downgrade']) },
    { at, event: chance.pick(['upgrade', 'downgrade']) },
    { at, event: 'lapse' },
    { at, stage: chance.pick(['pastDue', 'suspended']), since },
    ...stages.map((stage): Supposed => ({ at, stage, ...(stage === 'trial' || stage === 'pilot' ? { plan } : {}) })),
  ];
  return chance.some(all, 0.4);
}

/** What only a record written in the wrong place can be. */
const malformed: ReadonlySet<string> = new Set([
  'amendment-after-end',
  'amendment-before-start',
  'closed-with-end',
  'contracts-overlap',
  'ends-before-start',
  'renewal-missing',
  'renewal-without-end',
  'rolled-renewal-without-end',
  'statuses-overlap',
  'trials-overlap',
  'unknown-plan',
]);

const isOver = (stage: Stage): boolean => stage === 'lapsed' || stage === 'closed';

const onlyUsageErrors = <T>(what: () => T): T | undefined => {
  try {
    return what();
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
};

it(`what is supposed of a random customer is a file of the language, and comes out as the day-by-day model says (seed ${FIRST})`, () => {
  const seen = { supposed: 0, compared: 0 };
  for (let seed = FIRST; seed < FIRST + WORLDS; seed++) {
    const { world, customers } = randomWorld(seed);
    const plain = plainWorld({ ...(world as unknown as PlainWorld), settings: normaliseSettings(world.settings) });
    const prepared = prepareWorld(plain);
    for (const [id, data] of Object.entries(customers)) {
      if (faultsOf(world, data).length > 0) continue;
      const entry = plainCustomer(id, data as unknown as Customer);
      const { timeline } = compileCustomer(entry, prepared);
      if (!timeline) continue;
      for (const supposed of everySupposition(seed, Object.keys(world.plans))) {
        const hypothesis = onlyUsageErrors(() => suppose(entry.data, timeline, supposed, prepared));
        if (!hypothesis) continue;
        seen.supposed++;
        const where = `seed ${seed} ${id} ${JSON.stringify(supposed)}`;
        expect(hasShape('customer', JSON.parse(JSON.stringify(hypothesis.customer))), where).toBe(true);
        const { simulation, diagnostics } = simulate(entry, supposed, prepared);
        if (!simulation) continue;
        const { at, event, stage } = supposed;
        const { before, after: now } = simulation.stage;
        const isAtLeast = (other: Stage) => stages.indexOf(now) >= stages.indexOf(other);
        if (event === 'lapse') expect([where, simulation.event === 'lapse' || isOver(before)]).toEqual([where, true]);
        if (stage !== undefined && stages.indexOf(stage) > stages.indexOf('active'))
          expect([where, now, isAtLeast(stage)]).toEqual([where, now, true]);
        const written = JSON.parse(JSON.stringify(hypothesis.customer)) as CustomerData;
        for (const { rule } of diagnostics)
          if (malformed.has(rule)) expect([where, rule]).toEqual([where, 'well-formed']);
        if (diagnostics.some(isError)) continue;
        seen.compared++;
        const answers = new Map(answersBetween(world, written, at, addDays(at, 1)));
        const answer = answers.get(at);
        const values = Object.fromEntries(Object.entries(simulation.settings).map(([key, each]) => [key, each.after]));
        expect([where, simulation.plan.after, now, values]).toEqual([
          where,
          answer?.plan,
          answer?.stage,
          answer?.settings,
        ]);
      }
    }
  }
  console.info(`${seen.supposed} suppositions, ${seen.compared} compared`);
  expect(seen.compared).toBeGreaterThan(WORLDS);
});
