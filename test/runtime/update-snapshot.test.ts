import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type GetObjects, SnapshotError } from '../../runtime/snapshot/object.ts';
import { assembleSnapshot, type CustomerInput, type Snapshot } from '../../runtime/snapshot/release.ts';
import { updateSnapshot } from '../../runtime/snapshot/update-snapshot.ts';
import { seed, timesFrom } from '../fixtures/release/counts.ts';

type Company = Map<string, CustomerInput>;

const customerOf = (id: string, account: string | undefined, seats = 0, why?: number): CustomerInput => ({
  id,
  ...(account !== undefined && { account }),
  leaf: { customer: id, ...(account !== undefined && { account }), seats },
  ...(why !== undefined && { record: { why } }),
});
const beside = (note = '') => ({ plans: { 'studio@2': { rank: 2 } }, catalogue: { seats: 1 }, rules: { note } });
const whole = (company: Company, note?: string): Snapshot =>
  assembleSnapshot({ customers: company.values(), ...beside(note) });
const companyOf = (...customers: CustomerInput[]): Company => new Map(customers.map((each) => [each.id, each]));
const many = (count: number): CustomerInput[] =>
  Array.from({ length: count }, (_, n) => customerOf(`c-${n}`, n % 3 === 0 ? `u-${n}` : undefined, n));

function counting({ objects }: Pick<Snapshot, 'objects'>): { get: GetObjects; asked: string[] } {
  const asked: string[] = [];
  const get: GetObjects = async (hashes) => {
    asked.push(...hashes);
    return new Map(hashes.flatMap((hash) => (objects.has(hash) ? [[hash, objects.get(hash) as Uint8Array]] : [])));
  };
  return { get, asked };
}

/** What differs between two companies, as an update says it. */
const updateOf = (before: Company, after: Company, note?: string) => ({
  customers: [...after.values()].filter((each) => before.get(each.id) !== each),
  touched: [...before.keys()].filter((id) => !after.has(id)),
  ...beside(note),
});

async function expectSame(before: Company, after: Company, note?: string): Promise<string[]> {
  const [old, now] = [whole(before), whole(after, note)];
  const { get, asked } = counting(old);
  const { root, count, objects, over } = await updateSnapshot(get, old.root, updateOf(before, after, note));
  expect([root, count, over]).toEqual([now.root, now.count, old.root]);
  const fresh = [...now.objects].filter(([hash]) => !old.objects.has(hash));
  expect([...objects].sort()).toEqual(fresh.sort());
  return asked;
}

const sequences = Math.ceil(timesFrom('PROVISO_TREES', 400) / 4);

/** Edits of a company: who comes, goes, changes, and takes whose account. */
const edits = fc.array(
  fc.record({
    from: fc.nat(400),
    length: fc.oneof({ weight: 4, arbitrary: fc.nat(6) }, { weight: 1, arbitrary: fc.nat(320) }),
    what: fc.constantFrom<'goes' | 'comes' | 'changes' | 'swaps'>('goes', 'comes', 'changes', 'swaps'),
    seats: fc.nat(3),
    account: fc.option(fc.nat(30), { nil: undefined }),
  }),
  { minLength: 1, maxLength: 4 },
);

describe('a release made from an earlier one', () => {
  test(`is the one made from nothing, in ${sequences} edits of companies (seed ${seed})`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.nat(8), fc.integer({ min: 160, max: 400 })),
        edits,
        fc.constantFrom('', 'other rules'),
        async (size, changes, note) => {
          const before = companyOf(...many(size));
          const after = new Map(before);
          for (const { from, length, what, seats, account } of changes)
            for (let n = from; n < from + length; n += 1) {
              const id = `c-${n}`;
              const known = after.get(id);
              const taken = new Set(
                [...after.values()].flatMap(({ account: has, id: by }) => (by === id ? [] : [has ?? ''])),
              );
              const name = account === undefined ? known?.account : `u-${account * 3 + n}`;
              const free = name !== undefined && !taken.has(name) ? name : undefined;
              const next = after.get(`c-${n + 3}`);
              if (what === 'goes') after.delete(id);
              else if (what === 'swaps' && known && next) {
                after.set(id, customerOf(id, next.account, seats));
                after.set(next.id, customerOf(next.id, known.account, seats, 1));
              } else if (known || what === 'comes') after.set(id, customerOf(id, free, seats, n % 2 ? 2 : undefined));
            }
          await expectSame(before, after, note);
        },
      ),
      { numRuns: sequences, seed },
    );
  });

  test('of customers of whom nothing changed holds nothing new', async () => {
    const before = companyOf(...many(600));
    const old = whole(before);
    const { get } = counting(old);
    const update = { customers: many(5), touched: ['c-9000'], ...beside() };
    expect(await updateSnapshot(get, old.root, update)).toEqual({
      root: old.root,
      count: 600,
      objects: new Map(),
      over: old.root,
    });
  });

  test.each([1_000, 20_000])('of one customer among %i reads its way and writes its way', async (count) => {
    const before = companyOf(...many(count));
    const after = new Map(before).set('c-300', customerOf('c-300', 'u-new', 7));
    const asked = await expectSame(before, after);
    // The root, its leaf, and one node for each of three names: its own, the old account, the new one.
    expect(asked.length).toBeLessThanOrEqual(5);
  });

  test.each<[string, CustomerInput[], string]>([
    ['the id of another', [customerOf('c-1', 'c-2')], 'customers c-2 and c-1 are both known as "c-2"'],
    ['the account of another', [customerOf('c-1', 'u-3')], 'customers c-3 and c-1 are both known as "u-3"'],
    [
      'an id that is the account of another',
      [customerOf('u-3', undefined)],
      'customers c-3 and u-3 are both known as "u-3"',
    ],
    [
      'one account twice',
      [customerOf('c-1', 'u'), customerOf('c-2', 'u')],
      'customers c-1 and c-2 are both known as "u"',
    ],
    [
      'a customer twice',
      [customerOf('c-1', undefined), customerOf('c-1', undefined)],
      'customers c-1 and c-1 are both known as "c-1"',
    ],
  ])('is refused with %s', async (_, customers, message) => {
    const old = whole(companyOf(...many(600)));
    const wrong = updateSnapshot(counting(old).get, old.root, { customers, touched: [], ...beside() });
    await expect(wrong).rejects.toThrow(new RangeError(message));
  });

  test('lets an account go from one customer to another, and a name become free', async () => {
    const before = companyOf(...many(600));
    const moved = new Map(before).set('c-3', customerOf('c-3', undefined)).set('c-4', customerOf('c-4', 'u-3'));
    await expectSame(before, moved);
    const freed = new Map(before).set('c-4', customerOf('c-4', 'c-3'));
    freed.delete('c-3');
    await expectSame(before, freed);
    const named = new Map(before).set('c-3', customerOf('c-3', undefined)).set('u-3', customerOf('u-3', 'c-9000'));
    await expectSame(before, named);
  });

  test('is not made from a release that is not whole on the way', async () => {
    const before = companyOf(...many(600));
    const after = new Map(before).set('c-300', customerOf('c-300', undefined, 7));
    const old = whole(before);
    const asked = await expectSame(before, after);
    for (const hash of asked) {
      const objects = new Map(old.objects);
      objects.delete(hash);
      const made = updateSnapshot(counting({ objects }).get, old.root, updateOf(before, after));
      await expect(made).rejects.toMatchObject({ name: SnapshotError.name, reason: 'missing', object: hash });
    }
  });

  test('is not made where an account leads to somebody else', async () => {
    const strange = { ...customerOf('c-1', undefined), leaf: { customer: 'c-1', account: 'u-3' } };
    const old = whole(companyOf(...many(600)).set('c-1', strange));
    const made = updateSnapshot(counting(old).get, old.root, { customers: [], touched: ['c-1'], ...beside() });
    await expect(made).rejects.toMatchObject({ name: SnapshotError.name, reason: 'form' });
  });
});
