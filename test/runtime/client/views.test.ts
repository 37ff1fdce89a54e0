import { setFlagsFromString } from 'node:v8';
import { expect, test } from 'vitest';
import { type CustomerView, openTerms } from '../../../runtime/index.ts';
import { MemoryStore } from '../../fixtures/release/memory-store.ts';
import { company, publishCompany, type settings } from '../../fixtures/release/published-company.ts';

type Company = typeof settings;

setFlagsFromString('--allow-natives-syntax');
/** Whether the engine reads two objects by one description of them. */
const areAlike = new Function('one', 'other', 'return %HaveSameMap(one, other)') as (
  one: unknown,
  other: unknown,
) => boolean;

const names = Object.keys(company).flatMap((path) => /^customers\/(.+)\.yaml$/.exec(path)?.[1] ?? []);

async function views(): Promise<CustomerView<Company>[]> {
  const store = new MemoryStore();
  await publishCompany(store, 'c1');
  const terms = await openTerms<Company>({ store, follow: false, now: () => Date.parse('2026-07-01') });
  return names.map((name) => {
    const view = terms.customer(name);
    if (!view) throw new Error(`${name} is not there`);
    return view;
  });
}

test('what many customers have is laid out alike, whatever they have', async () => {
  const [first, ...rest] = await views();
  expect(rest.length).toBeGreaterThan(2);
  for (const view of rest) {
    expect(areAlike(view, first)).toBe(true);
    for (const part of ['settings', 'values'] as const)
      expect(areAlike(view[part], first?.settings), `${part} of ${view.customer}`).toBe(true);
    expect(Object.keys(view.settings)).toEqual(Object.keys(first?.settings ?? {}));
  }
});

test('a view is copied with all it says, and what it does can be taken out of it', async () => {
  for (const view of await views()) {
    const copy = { ...view };
    const { customer, account, release, freshness, plan, stage, settings: typed, values, terms, access } = view;
    expect(copy).toEqual({
      customer,
      account,
      release,
      freshness,
      plan,
      stage,
      settings: typed,
      values,
      terms,
      access,
    });
    const { feature, limit, value, describe, explain, may, onboardingNeeds, at } = view;
    expect([feature('sso'), limit('seats'), value('region')]).toEqual([typed.sso, typed.seats, typed.region]);
    expect(describe('seats').kind).toBe('limit');
    expect(may({ roles: [] }, 'exportReports')).toEqual(view.may({ roles: [] }, 'exportReports'));
    expect(onboardingNeeds()).toEqual(view.onboardingNeeds());
    expect(at('2026-07-01')).toEqual(view);
    expect(explain('seats').value).toBe(values.seats);
  }
});

test('what was handed out once is the same and frozen, whichever settings were explained before', async () => {
  for (const view of await views()) {
    for (const key of [...Object.keys(view.settings), 'seats'] as (keyof Company)[]) {
      expect(view.explain(key)).toBe(view.explain(key));
      expect([key, view.explain(key).value]).toEqual([key, view.values[key]]);
      expect(Object.isFrozen(view.explain(key).layers)).toBe(true);
    }
    for (const part of ['settings', 'values', 'terms', 'access'] as const) {
      expect(view[part]).toBe(view[part]);
      expect(Object.isFrozen(view[part])).toBe(true);
    }
    expect(Object.isFrozen(view.terms.billing)).toBe(true);
    for (const key of ['nothing', 'constructor', '__proto__'])
      expect(() => view.explain(key as 'seats')).toThrow(new RangeError(`no setting is named ${key}`));
  }
});
