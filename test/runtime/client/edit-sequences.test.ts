import { expect, test } from 'vitest';
import { holdCustomers } from '../../../runtime/client/hold-customers.ts';
import type { Leaf } from '../../../runtime/client/leaf.ts';
import { type OpenRelease, openRelease } from '../../../runtime/client/open-release.ts';
import { compareReleases } from '../../../runtime/snapshot/compare.ts';
import { headSchema } from '../../../runtime/snapshot/head.ts';
import { assembleSnapshot, type Snapshot } from '../../../runtime/snapshot/release.ts';
import { PLACE } from '../../fixtures/client/signed-line.ts';
import { drawFrom, seed, timesFrom } from '../../fixtures/release/counts.ts';

interface Customer {
  account?: string;
  seats: number;
}
type Company = Map<string, Customer>;
type Held = OpenRelease<Leaf | undefined>;

const NAMES = 700;
const pool = new Map<string, Uint8Array>();
let gets = 0;
const read = new Set<string>();
const get = async (hashes: readonly string[]): Promise<Map<string, Uint8Array>> => {
  gets += 1;
  const found = new Map<string, Uint8Array>();
  for (const hash of hashes) {
    read.add(hash);
    const bytes = pool.get(hash);
    if (bytes) found.set(hash, bytes);
  }
  return found;
};

function snapshotOf(company: Company, note: number): Snapshot {
  const snapshot = assembleSnapshot({
    customers: [...company].map(([id, { account, seats }]) => ({
      id,
      ...(account !== undefined && { account }),
      leaf: { customer: id, segments: [{ from: null, plan: 'a@1', stage: 'active', layers: [{ seats }] }] },
    })),
    plans: { 'a@1': { plan: 'a@1' }, 'b@1': { plan: 'b@1', note: note % 3 } },
    catalogue: { settings: {} },
    rules: { note: note % 2 },
  });
  for (const [hash, bytes] of snapshot.objects) pool.set(hash, bytes);
  return snapshot;
}

const open = ({ root, count }: Snapshot, before?: Held): Promise<Held> =>
  openRelease<Leaf | undefined>(
    get,
    {
      v: 1,
      repo: 'acme/terms',
      ...PLACE,
      epoch: 0,
      n: 1,
      prev: null,
      kind: 'publish',
      root,
      count,
      commit: 'c1',
      policyDigest: 'none',
      evidence: 'none',
      schema: headSchema,
      issuedAt: '2026-06-03T00:00:00.000Z',
      staleAfter: '2026-06-04T00:00:00.000Z',
    },
    holdCustomers,
    before,
  );

const nameOf = (number: number): string => `customer-${number}`;
/** Accounts are few, so that they wander from customer to customer. */
const accountOf = (number: number): string => `account-${number % 90}`;

/** Adds, removes and changes customers and their accounts: one, some, or so many that buckets of the tree split or merge. */
function edit(company: Company, draw: () => number): void {
  const some = (most: number): number => 1 + Math.floor(draw() * most);
  const any = (): string => nameOf(Math.floor(draw() * NAMES));
  const how = draw();
  const count = how < 0.2 ? some(400) : some(6);
  for (let change = 0; change < count; change += 1) {
    const id = any();
    const kind = how < 0.1 ? 'remove' : how < 0.2 ? 'add' : draw() < 0.3 ? 'remove' : draw() < 0.6 ? 'add' : 'account';
    if (kind === 'remove' && company.size > 1) company.delete(id);
    else if (kind === 'add') company.set(id, { seats: some(5) });
    else {
      const account = accountOf(some(1_000));
      for (const each of company.values()) if (each.account === account) delete each.account;
      company.set(id, { seats: some(5), account });
    }
  }
}

function expectSame(one: Held, other: Held): void {
  for (let number = 0; number < NAMES; number += 1)
    expect(one.find(nameOf(number))).toEqual(other.find(nameOf(number)));
  for (let number = 0; number < 90; number += 1) {
    const account = accountOf(number);
    expect(one.find(account)).toEqual(other.find(account));
  }
  expect([...one.plans]).toEqual([...other.plans]);
  expect([one.settings, one.rules, one.tree]).toEqual([other.settings, other.rules, other.tree]);
}

test('whatever changes, going on from a release gives what reading the next one afresh does, and reads only what is new', async () => {
  const sequences = timesFrom('PROVISO_EDIT_SEQUENCES', 20);
  for (let sequence = 0; sequence < sequences; sequence += 1) {
    pool.clear();
    const draw = drawFrom(seed + sequence);
    const company: Company = new Map([[nameOf(0), { seats: 1 }]]);
    for (let number = 0; number < draw() * 600; number += 1) company.set(nameOf(number), { seats: 1 });
    let snapshot = snapshotOf(company, 0);
    let held = await open(snapshot);
    for (let step = 1; step <= 10; step += 1) {
      edit(company, draw);
      const before = held;
      const next = snapshotOf(company, Math.floor(draw() * 6));
      const needed = (await compareReleases(get, before.tree, (await open(next)).tree)).needed;
      read.clear();
      held = await open(next, before);
      const where = `PROVISO_SEED=${seed + sequence} PROVISO_EDIT_SEQUENCES=1, step ${step}`;
      // Of the release before, what stands above a change may be read to be compared; nothing that is the same in both.
      const same = [...read].filter(
        (hash) => !needed.has(hash) && next.objects.has(hash) && snapshot.objects.has(hash),
      );
      expect(same, where).toEqual([]);
      expectSame(held, await open(next));
      // What stands still is what it was.
      if (step % 5 === 0) expectSame(before, await open(snapshot));
      snapshot = next;
    }
  }
});

test('a release that only was confirmed again is not read again', async () => {
  const snapshot = snapshotOf(new Map([['one', { seats: 1 }]]), 1);
  const before = await open(snapshot);
  gets = 0;
  const after = await open(snapshot, before);
  expect(gets).toBe(0);
  expect(after.find).toBe(before.find);
});
