import { expect, it } from 'vitest';
import { compileCustomer } from '../../../engine/compile/compile-customer.ts';
import { prepareWorld } from '../../../engine/compile/prepare-world.ts';
import { timelineJson } from '../../../engine/compile/timeline-json.ts';
import { compileSides } from '../../../engine/diff/compile-sides.ts';
import { reachedNow } from '../../../engine/diff/diff.ts';
import { diffModels } from '../../../engine/diff/diff-models.ts';
import { generateCustomer } from '../../../engine/generate/generate-customer.ts';
import type { Model } from '../../../engine/model.ts';
import { normaliseSettings } from '../../../engine/schemas/normalise-settings.ts';
import { onDay } from '../../../runtime/terms/at.ts';
import { previousDay, sinceEver } from '../../../runtime/terms/days.ts';
import { fold } from '../../../runtime/terms/fold.ts';
import type { Segment, Timeline } from '../../../runtime/terms/timeline.ts';
import type { Customer } from '../../../schemas/customer.ts';
import { settings as catalogue } from '../../../schemas/settings.ts';
import { randomDiff } from '../../fixtures/diff/random-edits.ts';
import { sampleFiles } from '../../fixtures/diff/sample-files.ts';
import { type PlainWorld, plainCustomer, plainWorld } from '../../fixtures/plain-model.ts';
import { yamlModel } from '../../fixtures/yaml-model.ts';
import type { RandomWorld } from '../../oracle/random-world.ts';

const DIFFS = Number(process.env.PROVISO_WORLDS ?? 60);
const FIRST = Number(process.env.PROVISO_SEED ?? 1);
const at = '2026-06-15';

const modelOf = ({ world, customers }: RandomWorld): Model => ({
  world: plainWorld({ ...(world as unknown as PlainWorld), settings: normaliseSettings(world.settings) }),
  customers: new Map(
    Object.entries(customers).map(([id, data]) => [id, plainCustomer(id, data as unknown as Customer)]),
  ),
});

/** Every customer's timeline, compiled without anything a diff knows. */
function timelinesOf({ world, customers }: Model): Map<string, Timeline> {
  const prepared = prepareWorld(world);
  return new Map(
    [...customers].flatMap(([id, entry]) => {
      const { timeline } = compileCustomer(entry, prepared);
      return timeline ? [[id, timeline] as const] : [];
    }),
  );
}

const known = new WeakMap<Segment, Map<string, string>>();

/** What is in force on a day, value by value, as text; nothing where there is nobody. */
function valuesOn(timeline: Timeline | undefined, day: string, { world }: Model): Map<string, string> {
  if (!timeline) return new Map();
  const here = onDay(timeline, day);
  const values = known.get(here) ?? new Map<string, string>();
  if (known.has(here)) return values;
  known.set(here, values);
  const [segment] = timelineJson({ ...timeline, segments: [here] }, '', world.settings).segments;
  const add = (path: string, value: unknown): void => {
    if (value === null || value === undefined) return;
    if (typeof value === 'object' && !Array.isArray(value) && !path.startsWith('access.rules.'))
      for (const [key, inner] of Object.entries(value)) add(`${path}.${key}`, inner);
    else values.set(path, JSON.stringify(value));
  };
  const { plan, stage, settings, terms, access } = segment as NonNullable<typeof segment>;
  add('plan', plan);
  add('stage', stage);
  add('settings', settings);
  add('terms', terms);
  for (const { name, ...group } of access.groups) {
    values.set(`access.groups.${name}`, 'true');
    add(`access.groups.${name}`, group);
  }
  for (const { action, group, exception: _, ...rule } of access.rules)
    add(`access.rules.${action}${group === undefined ? '' : `.${group}`}`, rule);
  return values;
}

/** Every day on which anything may begin or be over, and the day before it. */
const probes = (...timelines: (Timeline | undefined)[]): string[] => [
  ...new Set([
    sinceEver,
    at,
    ...timelines.flatMap((timeline) =>
      (timeline?.segments ?? []).flatMap(({ from }) => (from === null ? [] : [previousDay(from), from])),
    ),
  ]),
];

it(`tells every difference of every day and nothing else, in ${DIFFS} random edits from seed ${FIRST}`, () => {
  let told = 0;
  for (let seed = FIRST; seed < FIRST + DIFFS; seed++) {
    const { base, head } = randomDiff(seed, { shared: seed % 4, own: seed % 3 > 0 });
    const [before, after] = [modelOf(base), modelOf(head)];
    const sides = compileSides({ name: 'base', model: before }, { name: 'head', model: after });
    const { customers } = diffModels(sides.base, sides.head, { at });
    const [old, young] = [timelinesOf(before), timelinesOf(after)];
    for (const id of new Set([...before.customers.keys(), ...after.customers.keys()])) {
      const [one, other] = [old.get(id), young.get(id)];
      if ((before.customers.has(id) && !one) || (after.customers.has(id) && !other)) continue;
      const changes = customers.find(({ customer }) => customer === id)?.changes ?? [];
      for (const day of probes(one, other)) {
        const [was, is] = [valuesOn(one, day, before), valuesOn(other, day, after)];
        const expected = [...new Set([...was.keys(), ...is.keys()])]
          .filter((path) => was.get(path) !== is.get(path))
          .map((path) => `${path} ${was.get(path) ?? 'null'} → ${is.get(path) ?? 'null'}`);
        const inForce = changes.filter(
          ({ effective, until }) => (effective ?? sinceEver) <= day && day <= (until ?? '9999'),
        );
        const said = inForce.map(({ path, from, to }) => `${path} ${JSON.stringify(from)} → ${JSON.stringify(to)}`);
        if (said.sort().join('\n') !== expected.sort().join('\n'))
          expect(said, `seed ${seed} ${id} ${day}`).toEqual(expected);
        told += said.length;
      }
      for (const { path, causes } of changes)
        if (causes.length === 0) expect.fail(`seed ${seed} ${id} ${path} has no cause`);
    }
  }
  expect(told).toBeGreaterThan(DIFFS);
}, 600_000);

it(`knows how far one shared edit reaches, in ${DIFFS} random ones`, () => {
  let reached = 0;
  for (let seed = FIRST; seed < FIRST + DIFFS; seed++) {
    const { base, head, edits } = randomDiff(seed, { shared: 1, own: false });
    const [before, after] = [modelOf(base), modelOf(head)];
    const sides = compileSides({ name: 'base', model: before }, { name: 'head', model: after });
    const { customers, causes } = diffModels(sides.base, sides.head, { at });
    const [old, young] = [timelinesOf(before), timelinesOf(after)];
    const expected = [...before.customers.keys()].filter((id) => {
      const [one, other] = [old.get(id), young.get(id)];
      const text = (values: Map<string, string>) => [...values].sort().join('\n');
      const differs = (day: string) => text(valuesOn(one, day, before)) !== text(valuesOn(other, day, after));
      return one && other && probes(one, other).some((day) => day >= at && differs(day));
    });
    const named = [...new Set(causes.flatMap((cause) => reachedNow(cause)))].sort();
    expect(named, `seed ${seed} ${edits}`).toEqual(expected.sort());
    // One edit may be several to the eye, as of an add-on; every difference has some of them, and only them.
    const paths = new Set(causes.map(({ path }) => path));
    for (const { changes } of customers)
      for (const change of changes) {
        expect(change.causes.length, `seed ${seed} ${edits} ${change.path}`).toBeGreaterThan(0);
        expect(change.causes.every((path) => paths.has(path))).toBe(true);
      }
    reached += named.length;
  }
  expect(reached).toBeGreaterThan(DIFFS / 10);
}, 600_000);

it('5,000 customers and fewer seats in a plan: who is reached and who is shielded are as found by brute force', async () => {
  const settings = normaliseSettings(catalogue);
  const files = sampleFiles();
  for (let index = 0; index < 5_000; index++) {
    const { path, text } = generateCustomer(3, index);
    files[path] = text;
  }
  const plan = 'plans/studio@2.yaml';
  const head = { ...files, [plan]: files[plan]?.replace(/^ {2}seats: 5$/m, '  seats: 4') as string };
  expect(head[plan]).not.toBe(files[plan]);
  const [before, after] = [await yamlModel(files, settings), await yamlModel(head, settings)];

  const sides = compileSides({ name: 'base', model: before }, { name: 'head', model: after });
  const { causes, customers } = diffModels(sides.base, sides.head, { at });

  const [old, young] = [timelinesOf(before), timelinesOf(after)];
  const [affected, shielded, past]: [string[], string[], string[]] = [[], [], []];
  for (const [id, other] of young) {
    const one = old.get(id) as Timeline;
    const seatsOn = (timeline: Timeline, day: string) => fold(settings, onDay(timeline, day).layers).seats;
    const days = probes(one, other).filter((day) => seatsOn(one, day) !== seatsOn(other, day));
    if (days.length > 0) affected.push(id);
    else if (probes(one, other).some((day) => onDay(other, day).plan === 'studio@2')) shielded.push(id);
    if (days.length > 0 && days.every((day) => day < at)) past.push(id);
  }
  expect(affected.length).toBeGreaterThan(300);
  expect(shielded.length).toBeGreaterThan(300);
  expect(causes.map(({ path, customers: ids, shielded: kept, past: over }) => [path, ids, kept, over])).toEqual([
    [`${plan} settings.seats`, affected.sort(), shielded.sort(), past.sort()],
  ]);
  expect(customers.map(({ customer }) => customer)).toEqual(affected);
  expect(
    new Set(customers.flatMap(({ changes }) => changes.map(({ path, from, to }) => `${path} ${from} → ${to}`))),
  ).toEqual(new Set(['settings.seats 5 → 4']));
}, 600_000);
