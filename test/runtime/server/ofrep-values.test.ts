import { expect, test } from 'vitest';
import { edited, replaced } from '../../fixtures/diff/small-company.ts';
import { company, publishCompany } from '../../fixtures/release/published-company.ts';
import { bulkFaults } from '../../fixtures/server/ofrep-form.ts';
import { bulk, servedCompany } from '../../fixtures/server/served-company.ts';

interface Told {
  key: string;
  value: unknown;
  reason: string;
  variant: string;
  metadata: Readonly<Record<string, unknown>>;
}

/** `key: value reason variant metadata`, one line a flag, in the order of keys. */
const lines = (flags: unknown): string[] =>
  (flags as Told[])
    .map(
      ({ key, value, reason, variant, metadata }) =>
        `${key}: ${JSON.stringify(value)} ${reason} ${variant} ${JSON.stringify(metadata)}`,
    )
    .sort();

const seatsIn = (told: readonly string[]): string | undefined => told.find((line) => line.startsWith('seats: '));

async function flagsOf(customer: string, files = company): Promise<string[]> {
  const { post, publish } = await servedCompany();
  await publish(files);
  const got = await post(bulk, { context: { targetingKey: customer } });
  expect(bulkFaults(got)).toEqual([]);
  return lines(got.json.flags);
}

const defaults = [
  'exports: true STATIC default {"source":"default"}',
  'formats: {"items":["csv"]} STATIC default {"source":"default"}',
  'greeting: "Hello" STATIC default {"source":"default"}',
  'region: "us" STATIC default {"source":"default"}',
];

test('what the plan says is the same for everybody who has it', async () => {
  expect(await flagsOf('bare')).toEqual([
    'apiCalls: 400 TARGETING_MATCH studio@2 {"source":"plan"}',
    ...defaults,
    'seats: 5 TARGETING_MATCH studio@2 {"source":"plan"}',
    'sso: false STATIC default {"source":"default"}',
    'storageGb: 1 STATIC default {"source":"default"}',
  ]);
});

test('what is unlimited is a number every client keeps, and says that it is', async () => {
  expect(await flagsOf('harbor')).toEqual([
    'apiCalls: 9007199254740991 TARGETING_MATCH enterprise@1 {"source":"plan","unlimited":true}',
    'exports: true STATIC default {"source":"default"}',
    'formats: {"items":["csv","xlsx"]} TARGETING_MATCH enterprise@1 {"source":"plan"}',
    'greeting: "Hello" STATIC default {"source":"default"}',
    'region: "us" STATIC default {"source":"default"}',
    'seats: 100 TARGETING_MATCH C-2 {"source":"quantity"}',
    'sso: true TARGETING_MATCH enterprise@1 {"source":"plan"}',
    'storageGb: 1 STATIC default {"source":"default"}',
  ]);
});

test.each([
  ['buying', 'seats: 9 TARGETING_MATCH account {"source":"quantity"}'],
  ['adding', 'seats: 10 TARGETING_MATCH moreSeats {"source":"addOn","until":"2026-12-31"}'],
  ['special', 'seats: 12 TARGETING_MATCH EX-1 {"source":"exception","until":"2026-12-31"}'],
  ['more', 'seats: 15 TARGETING_MATCH EX-2 {"source":"exception","until":"2026-12-31"}'],
])('what only %s has is told with what gives it and until when', async (customer, line) => {
  expect(seatsIn(await flagsOf(customer))).toBe(line);
});

test('what the stage of a customer takes is its own', async () => {
  const trial =
    'name: Trying\nplan: starter@1\ntrials: [{ kind: trial, plan: team@1, starts: 2026-06-20, ends: 2026-07-05 }]\n';
  const flags = await flagsOf('trying', edited(company, { 'customers/trying.yaml': trial }));
  expect(flags.find((line) => line.startsWith('exports'))).toMatch(
    /^exports: false TARGETING_MATCH \S+ \{"source":"stage"/,
  );
});

test('a customer has the same flags by either name', async () => {
  const { post } = await servedCompany();
  const [one, other] = await Promise.all(
    ['quarry-labs', 'acc_77'].map((targetingKey) => post(bulk, { context: { targetingKey } })),
  );
  expect(one?.json.flags).toEqual(other?.json.flags);
});

test('what a new release changes is told with its number, and the rest stays', async () => {
  const { post, publish } = await servedCompany();
  const ask = async () => (await post(bulk, { context: { targetingKey: 'bare' } })).json;
  const before = await ask();
  await publish(replaced(company, 'plans/studio@2.yaml', 'seats: 5', 'seats: 6'));
  const after = await ask();
  expect([before.metadata, after.metadata]).toEqual([
    expect.objectContaining({ release: 1 }),
    expect.objectContaining({ release: 2 }),
  ]);
  expect(lines(after.flags)).toEqual(lines(before.flags).map((line) => line.replace('seats: 5 ', 'seats: 6 ')));
});

test('a request is answered from one release, whatever comes into force meanwhile', async () => {
  const { post, store, terms } = await servedCompany({ open: { load: 'lazy' } });
  const get = store.get.bind(store);
  let isMoved = false;
  store.get = async (hashes) => {
    if (!isMoved) {
      isMoved = true;
      await publishCompany(store, 'c2', replaced(company, 'plans/studio@2.yaml', 'seats: 5', 'seats: 6'));
      await terms.refresh();
    }
    return get(hashes);
  };
  const { json } = await post(bulk, { context: { targetingKey: 'bare' } });
  expect([seatsIn(lines(json.flags)), json.metadata]).toEqual([
    'seats: 5 TARGETING_MATCH studio@2 {"source":"plan"}',
    expect.objectContaining({ release: 1 }),
  ]);
});
