import { describe, expect, it } from 'vitest';
import type { Item } from '../../../engine/approve/approval.ts';
import { approvalPolicy } from '../../../engine/approve/approval-policy.ts';
import { findItems } from '../../../engine/approve/find-items.ts';
import { type ChangeOptions, changeOf } from '../../fixtures/approve/change-of.ts';
import { governed, policyOf } from '../../fixtures/approve/policy.ts';
import { company, edited, exception, settings } from '../../fixtures/diff/small-company.ts';
import type { YamlFiles } from '../../fixtures/yaml-model.ts';

const seats = '{ setting: seats }';
const base = governed(company, policyOf(seats));
const withSeats = (text: string): YamlFiles =>
  edited(base, { 'customers/free.yaml': `name: Free\nplan: starter@1\n${text}` });
const wants = (worth: string): string =>
  exception('EX-9', 'decision: configuration, set: { seats: 60 }, starts: 2026-12-01, expires: 2027-11-30').replace(
    'worth: { amount: "1.00", currency: USD, per: year }',
    `worth: ${worth}`,
  );

async function itemsOf(head: YamlFiles, options: ChangeOptions = {}, before: YamlFiles = base): Promise<Item[]> {
  return findItems(await changeOf(before, head, options));
}

const idsOf = (items: readonly Item[]): string[] => items.map(({ id }) => id);

describe('an item', () => {
  it('says everything an approver has to know of the exception behind it', async () => {
    const [item, ...others] = await itemsOf(withSeats(wants('{ amount: "1000.00", currency: USD, per: month }')));
    expect(others).toEqual([]);
    expect(item).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{64}$/),
      kind: 'change',
      class: 'product',
      because: 'of the test',
      customer: 'free',
      path: 'settings.seats',
      from: 3,
      to: 60,
      effective: '2026-12-01',
      until: '2027-11-30',
      exception: 'EX-9',
      reason: 'agreed with sales',
      owner: 'team-a',
      askedBy: 'jo@product.example',
      expires: '2027-11-30',
      amount: { amount: '12000.00', currency: 'USD' },
      ruleHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it.each([
    ['{ amount: "0.10", currency: USD, per: month }', '1.20', 'USD'],
    ['{ amount: "333.33", currency: EUR, per: quarter }', '1333.32', 'EUR'],
    ['{ amount: "84000.00", currency: USD, per: year }', '84000.00', 'USD'],
    ['{ amount: "6000", currency: USD, per: once }', '6000', 'USD'],
    ['{ amount: "90071992547409.93", currency: USD, per: month }', '1080863910568919.16', 'USD'],
  ])('is worth %s a year exactly', async (worth, amount, currency) => {
    const [item] = await itemsOf(withSeats(wants(worth)));
    expect(item?.amount).toEqual({ amount, currency });
  });

  it('names who was in the record before it, so that nobody writes himself out of it', async () => {
    const before = withSeats(wants('{ amount: "1.00", currency: USD, per: year }'));
    const text = before['customers/free.yaml']?.replace('jo@', 'al@').replace('team-a', 'team-z').replace('60', '61');
    const [item] = await itemsOf(edited(before, { 'customers/free.yaml': text }), {}, before);
    expect(item).toMatchObject({
      owner: 'team-z',
      askedBy: 'al@product.example',
      parties: { owner: ['team-a'], askedBy: ['jo@product.example'] },
    });
  });

  it('of two exceptions that give the same value one after the other is one each', async () => {
    const one = exception(
      'EX-8',
      'decision: configuration, set: { seats: 60 }, starts: 2026-12-01, expires: 2027-01-31',
    );
    const other = exception(
      'EX-9',
      'decision: configuration, set: { seats: 60 }, starts: 2027-02-01, expires: 2027-03-31',
    );
    const items = await itemsOf(withSeats(`${one}${other.replace('exceptions:\n', '')}`));
    expect(items.map(({ exception: id, effective, until }) => [id, effective, until])).toEqual(
      expect.arrayContaining([
        ['EX-8', '2026-12-01', '2027-03-31'],
        ['EX-9', '2026-12-01', '2027-03-31'],
      ]),
    );
    expect(items.length).toBe(2);
  });
});

describe('the id of an item', () => {
  const head = withSeats(wants('{ amount: "1.00", currency: USD, per: year }'));
  const change = (text: string, other: string): YamlFiles =>
    edited(head, { 'customers/free.yaml': (head['customers/free.yaml'] as string).replace(text, other) });

  it('is the same whatever the order of keys, lines, files and customers, and whatever the day', async () => {
    const wider = `classes: { other: { needs: 2 }, product: { needs: 1 } }
lines:
  - { when: { setting: apiCalls }, class: other, because: another }
  - { because: of the test, class: product, when: ${seats} }
`;
    const turned = (files: YamlFiles): YamlFiles => Object.fromEntries(Object.entries(files).reverse());
    const expected = idsOf(await itemsOf(head));
    expect(expected.length).toBe(1);
    expect(idsOf(await itemsOf(turned(governed(head, wider)), {}, turned(governed(base, wider))))).toEqual(expected);
    expect(idsOf(await itemsOf(head, { at: '2026-11-25' }))).toEqual(expected);
    const commented = edited(head, { 'customers/free.yaml': `# words\n${head['customers/free.yaml']}` });
    expect(idsOf(await itemsOf(commented))).toEqual(expected);
  });

  it.each<[string, YamlFiles, ChangeOptions?, YamlFiles?]>([
    ['the value', change('seats: 60', 'seats: 61')],
    ['the reason', change('agreed with sales', 'agreed with Sales')],
    ['the owner', change('team-a', 'team-b')],
    ['who asked', change('jo@', 'al@')],
    ['the start', change('2026-12-01', '2026-12-02')],
    ['the end', change('2027-11-30', '2027-12-01')],
    ['the worth', change('1.00', '1.01')],
    ['the number of the exception', change('EX-9', 'EX-99')],
    ['the repository', head, { repo: 'acme/other' }],
    [
      'the line',
      governed(head, policyOf('{ setting: [seats] }')),
      {},
      governed(base, policyOf('{ setting: [seats] }')),
    ],
    [
      'the class',
      governed(head, policyOf(seats).replace('needs: 1', 'needs: 2')),
      {},
      governed(base, policyOf(seats).replace('needs: 1', 'needs: 2')),
    ],
    [
      'what they have at the base',
      edited(head, { 'plans/starter@1.yaml': `${company['plans/starter@1.yaml']}settings: { seats: 4 }\n` }),
      {},
      edited(base, { 'plans/starter@1.yaml': `${company['plans/starter@1.yaml']}settings: { seats: 4 }\n` }),
    ],
  ])('is another one for another %s', async (_, other, options, before) => {
    const [one] = idsOf(await itemsOf(head));
    const items = await itemsOf(other, options, before);
    expect(items.length).toBe(1);
    expect(idsOf(items)).not.toEqual([one]);
  });
});

describe('where there is no policy to judge by', () => {
  it('nothing is asked, and that can be told', async () => {
    const change = await changeOf(company, edited(company, { 'customers/free.yaml': 'name: Free\nplan: studio@2\n' }));
    expect(findItems(change)).toEqual([]);
    expect(approvalPolicy(change.base.model.world)).toBe('missing');
    expect(approvalPolicy((await changeOf(base, base)).base.model.world)).toBe('there');
  });

  it('the policy of the head judges nothing', async () => {
    const head = governed(edited(company, { 'customers/free.yaml': 'name: Free\nplan: studio@2\n' }), policyOf('{}'));
    expect(findItems(await changeOf(company, head))).toEqual([]);
  });

  it('because it cannot be read, everything is asked of whoever answers for the machinery', async () => {
    const before = governed(company, 'classes: 7\n');
    const head = edited(before, { 'customers/free.yaml': 'name: Free\nplan: studio@2\n' });
    const change = await changeOf(before, head, { broken: true });
    expect(approvalPolicy(change.base.model.world)).toBe('unreadable');
    expect(findItems(change).map(({ class: name, path }) => [name, path])).toEqual([
      ['machinery', 'customers/free.yaml'],
    ]);
  });

  it('because a line names a setting that is gone, it cannot be read either', async () => {
    const before = governed(company, policyOf('{ setting: gone }'));
    const change = await changeOf(before, edited(before, { 'a.ts': 'x' }), { broken: true });
    expect(approvalPolicy(change.base.model.world)).toBe('unreadable');
    expect(findItems(change).map(({ path }) => path)).toEqual(['a.ts']);
  });
});

describe('a customer whose terms before nobody knows', () => {
  const fault = 'name: Free\nplan: nowhere@1\n';
  it.each([
    ['because its file referred to nothing', fault],
    ['because its file could not be read', 'name: [Free\n'],
  ])('is asked about as a new one, %s', async (_, text) => {
    const before = edited(base, { 'customers/free.yaml': text });
    const items = await itemsOf(
      withSeats(wants('{ amount: "1.00", currency: USD, per: year }')),
      { broken: true },
      before,
    );
    expect(items.map(({ path, from, to }) => [path, from, to])).toContainEqual(['settings.seats', null, 60]);
  });
});

it('a record in a file that cannot be read any more is unknown, not taken away', async () => {
  const before = governed(company, policyOf('{ decision: configuration }'));
  const [unread, gone] = ['name: [Special\n', 'name: Special\nplan: studio@2\n'].map((text) =>
    edited(before, { 'customers/special.yaml': text }),
  ) as [YamlFiles, YamlFiles];
  expect(await itemsOf(unread, { broken: true }, before)).toEqual([]);
  expect((await itemsOf(gone, {}, before)).map(({ path }) => path)).toEqual(['exceptions.EX-1', 'settings.seats']);
});

describe('a discount of an account within what the menu allows', () => {
  const before = edited(governed(company, policyOf('{ term: billing.discount }')), {
    'policies/menu.yaml': 'terms: { discount: { percentUpTo: "10", monthsUpTo: 12 } }\n',
    'customers/adding.yaml': undefined,
  });
  const free = (rest: string): YamlFiles =>
    edited(before, { 'customers/free.yaml': `name: Free\nplan: starter@1\n${rest}` });
  const discounted = free('billing: { discount: { percent: "5", until: 2027-11-21 } }\n');

  it('is asked about where the base has a file that cannot be read: it may have had one', async () => {
    const broken = free('plan: [\n');
    const items = await itemsOf(discounted, { broken: true, at: '2026-12-01' }, broken);
    expect(items.map(({ path }) => path)).toEqual(['terms.billing.discount.percent', 'terms.billing.discount.until']);
    expect(await itemsOf(discounted, { at: '2026-12-01' }, before)).toEqual([]);
  });

  it('is the same item on every day on which it is one', async () => {
    const [one, other] = await Promise.all(
      ['2026-11-21', '2026-11-20'].map((at) => itemsOf(discounted, { at }, before)),
    );
    expect(one).toHaveLength(2);
    expect(idsOf(one ?? [])).toEqual(idsOf(other ?? []));
  });
});

describe('how many a change touches', () => {
  const policy = policyOf('{ customers: { above: 2 } }');
  const before = governed(company, policy);
  const plan = (seat: number, calls = 400): YamlFiles =>
    edited(before, {
      'plans/studio@2.yaml': company['plans/studio@2.yaml']
        ?.replace('seats: 50', `seats: ${seat}`)
        .replace('apiCalls: 400', `apiCalls: ${calls}`),
    });

  it('is one item with the numbers that are approved', async () => {
    const [item, ...others] = await itemsOf(plan(40, 500), {}, before);
    expect(others).toEqual([]);
    expect(item?.to).toEqual({
      customers: 6,
      gives: 6,
      takes: 5,
      takesUnderContract: 2,
      effects: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('is another item for the same numbers of another change', async () => {
    const [one] = await itemsOf(plan(40), {}, before);
    const [other] = await itemsOf(plan(39), {}, before);
    expect({ ...(one?.to as object), effects: 0 }).toEqual({ ...(other?.to as object), effects: 0 });
    expect(one?.id).not.toBe(other?.id);
  });

  it('does not mind who else there is', async () => {
    const more = { 'customers/new.yaml': 'name: New\nplan: starter@1\n' };
    const [one] = await itemsOf(plan(40), {}, before);
    const [other] = await itemsOf(edited(plan(40), more), {}, edited(before, more));
    expect(one?.id).toBe(other?.id);
  });
});

it('is never more than one question for the same thing, and knows a new setting from the head', async () => {
  const { region, ...before } = settings;
  const twice = `${policyOf('{ area: hosting }').replace(/\]\n$/, ', { when: { area: hosting }, class: product, because: of the test }]\n')}`;
  const change = await changeOf(governed(company, twice), governed(company, twice), {
    settings: before,
    after: { ...before, region } as typeof settings,
  });
  const items = findItems(change);
  expect(new Set(idsOf(items)).size).toBe(items.length);
  expect(items.map(({ customer, path, to }) => [customer, path, to])).toEqual(
    [...change.head.model.customers.keys()].sort().map((id) => [id, 'settings.region', 'us']),
  );
});
