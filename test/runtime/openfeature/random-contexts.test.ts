import { type EvaluationDetails, type FlagValue, OpenFeature } from '@openfeature/server-sdk';
import { afterAll, expect, test } from 'vitest';
import { type CustomerView, openTerms, type Terms, TermsError } from '../../../runtime/index.ts';
import { termsProvider } from '../../../runtime/openfeature/index.ts';
import { drawFrom, seed, timesFrom } from '../../fixtures/release/counts.ts';
import { MemoryStore } from '../../fixtures/release/memory-store.ts';
import { company, publishCompany, settings } from '../../fixtures/release/published-company.ts';

const contexts = timesFrom('PROVISO_CONTEXTS', 10_000);
const now = (): number => Date.parse('2026-07-01');
const odd = [
  undefined,
  null,
  '',
  0,
  -1,
  1.5,
  Number.NaN,
  true,
  [],
  {},
  new Date(0),
  '__proto__',
  'constructor',
  '\u0000',
  'ü',
];

afterAll(() => OpenFeature.clearProviders());

const isAbsent = (attribute: unknown): boolean => attribute === undefined || attribute === null;

/** What a context names, read from the terms; undefined where it names nobody. */
async function viewOf(
  terms: Terms,
  { targetingKey: account, plan, quantities }: Record<string, unknown>,
): Promise<CustomerView | undefined> {
  if (typeof account !== 'string' || account === '') return undefined;
  if (isAbsent(plan) && isAbsent(quantities)) return terms.customer(account);
  const bought = quantities ?? {};
  if (!(isAbsent(plan) || typeof plan === 'string') || Object.getPrototypeOf(bought) !== Object.prototype)
    return undefined;
  const said = Object.entries(bought).filter(([, amount]) => !isAbsent(amount));
  if (said.some(([, amount]) => typeof amount !== 'number')) return undefined;
  try {
    return terms.account({
      account,
      ...(typeof plan === 'string' && { plan }),
      quantities: Object.fromEntries(said) as Record<string, number>,
    });
  } catch (error) {
    if (error instanceof TermsError) return undefined;
    throw error;
  }
}

test(`${contexts} contexts are answered as the terms say, or with the default and why (seed ${seed})`, async () => {
  const draw = drawFrom(seed);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(draw() * of.length)] as T;
  const store = new MemoryStore();
  await publishCompany(store, 'c1');
  const whole = await openTerms({ store, follow: false, now });
  const lazy = await openTerms({ store, follow: false, now, load: 'lazy', keep: 3 });
  await OpenFeature.setProviderAndWait('whole', termsProvider(whole));
  await OpenFeature.setProviderAndWait('lazy', termsProvider(lazy));
  const clients = [OpenFeature.getClient('whole'), OpenFeature.getClient('lazy')];

  const customers = Object.keys(company).flatMap((path) => /^customers\/(.*)\.yaml$/.exec(path)?.[1] ?? []);
  const names = [...customers, 'acc_77', 'acc_1', 'nobody'];
  const plans = ['starter@1', 'studio@2', 'team@1', 'enterprise@1', 'gold@1'];
  const keys = [...Object.keys(settings), 'turbo', 'toString', ''];
  const kinds = { feature: 'boolean', limit: 'number', choice: 'string', text: 'string', list: 'object' } as const;
  const defaults = { boolean: false, number: -7, string: '-', object: { none: true } };

  let answered = 0;
  for (let times = 0; times < contexts; times += 1) {
    const amounts = { [pick(keys)]: pick([0, 5, 6, 9, 50, 51, 2.5, ...(draw() < 0.1 ? odd : [])]) };
    const context = {
      ...(draw() < 0.97 && { targetingKey: draw() < 0.95 ? pick(names) : pick(odd) }),
      ...(draw() < 0.4 && { plan: draw() < 0.9 ? pick(plans) : pick(odd) }),
      ...(draw() < 0.3 && { quantities: draw() < 0.9 ? amounts : pick(odd) }),
      ...(draw() < 0.2 && { [pick(['user', 'email', '__proto__'])]: pick(odd) }),
    } as Parameters<(typeof clients)[0]['getBooleanDetails']>[2];
    const key = pick(keys);
    const kind =
      draw() < 0.8 && Object.hasOwn(settings, key)
        ? kinds[settings[key as keyof typeof settings].kind]
        : pick(Object.values(kinds));
    const details: EvaluationDetails<FlagValue>[] = [];
    for (const client of clients) {
      if (kind === 'boolean') details.push(await client.getBooleanDetails(key, defaults.boolean, context));
      else if (kind === 'number') details.push(await client.getNumberDetails(key, defaults.number, context));
      else if (kind === 'string') details.push(await client.getStringDetails(key, defaults.string, context));
      else details.push(await client.getObjectDetails(key, defaults.object, context));
    }
    const [first, second] = details;
    expect(second).toEqual(first);
    const view = await viewOf(whole, context ?? {});
    const value = view && Object.hasOwn(view.settings, key) ? view.settings[key] : undefined;
    const flag = Array.isArray(value) ? { items: value } : value;
    const saying = JSON.stringify({ seed, times, context, key, kind });
    if (typeof flag === kind) {
      answered += 1;
      expect([first?.value, first?.errorCode], saying).toEqual([flag, undefined]);
      expect(first?.flagMetadata, saying).toMatchObject({ release: 1, plan: view?.plan, stage: view?.stage });
    } else {
      expect([first?.value, first?.reason], saying).toEqual([defaults[kind], 'ERROR']);
      const code = !view
        ? /^(TARGETING_KEY_MISSING|INVALID_CONTEXT)$/
        : value === undefined
          ? /^FLAG_NOT_FOUND$/
          : /^TYPE_MISMATCH$/;
      expect(first?.errorCode, saying).toMatch(code);
    }
  }
  // Neither all of them nor none.
  expect(answered).toBeGreaterThan(contexts / 4);
  expect(answered).toBeLessThan(contexts);
});
