import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { bundleRelease } from '../../runtime/client/bundle-release.ts';
import { openTerms, StoreError } from '../../runtime/index.ts';
import { encodeHead, type HeadPayload, signHead } from '../../runtime/snapshot/head.ts';
import { openFileStore } from '../../runtime/stores/file.ts';
import { MemoryStore } from '../fixtures/release/memory-store.ts';
import { type SampleCustomer, sampleSnapshot } from '../fixtures/release/sample.ts';
import { signedKeys } from '../fixtures/release/signed-keys.ts';
import { temporaryFolder } from '../temporary-repository.ts';

const customers: SampleCustomer[] = Array.from({ length: 1_500 }, (_, index) => ({ id: `c-${index}`, seats: index }));
const { root, objects } = sampleSnapshot(customers);
const payload: HeadPayload = {
  v: 1,
  repo: 'acme/terms',
  env: 'production',
  channel: 'stable',
  epoch: 0,
  n: 1,
  prev: null,
  kind: 'publish',
  root,
  count: customers.length,
  commit: 'c1',
  policyDigest: 'none',
  evidence: 'none',
  schema: { writes: 1, minReader: 1 },
  issuedAt: '2026-06-01T12:00:00.000Z',
  staleAfter: '2026-06-02T12:00:00.000Z',
};
const place = { environment: 'production', channel: 'stable', now: Date.parse('2026-06-01T13:00:00Z') };
const unsigned = { ...place, trust: () => 'unsigned' as const };
const dead = new MemoryStore();
dead.getHead = async () => Promise.reject(new StoreError('unavailable', 'down'));

let store: MemoryStore;
beforeEach(async () => {
  store = new MemoryStore();
  await store.putAll(objects);
});
const putHead = (head: HeadPayload): Promise<unknown> =>
  store.casHead('production', 'stable', null, encodeHead(head).envelope);
const packsOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(join(folder, 'packs')).map((name) => [name, readFileSync(join(folder, 'packs', name), 'base64')]),
  );

test('a bundle has the same bytes whatever order a store answers in', async () => {
  await putHead(payload);
  const [one, other] = [temporaryFolder(), temporaryFolder()];
  const { holds, added } = await bundleRelease(store, openFileStore(one), unsigned);
  expect(added).toEqual(holds);
  expect(holds.objects).toBeGreaterThan(customers.length);
  const backwards = new MemoryStore();
  backwards.heads.set('production/stable', store.heads.get('production/stable') ?? []);
  backwards.get = async (hashes) => new Map([...(await store.get(hashes))].reverse());
  await bundleRelease(backwards, openFileStore(other), unsigned);
  expect(Object.keys(packsOf(one)).length).toBe(1);
  expect(packsOf(other)).toEqual(packsOf(one));
});

test('a bundle leads from every keyset a product may have been given to the one that signs', async () => {
  const keys = await signedKeys('acme/terms', 3);
  const newest = keys.keysets.at(-1);
  if (!newest) throw new Error('no keyset');
  await store.putAll(new Map(keys.keysets.slice(1).map(({ hash, envelope }) => [hash, envelope])));
  const head = await signHead({ ...payload, epoch: 3, keyset: newest.hash }, keys.signers);
  await store.casHead('production', 'stable', null, head.envelope);
  const bundle = openFileStore(temporaryFolder());
  const [first] = keys.keysets;
  if (!first) throw new Error('no keyset');
  await bundleRelease(store, bundle, { ...place, trust: () => first }, keys.keysets);
  expect((await bundle.get(keys.keysets.map(({ hash }) => hash))).size).toBe(3);
  for (const { envelope } of keys.keysets) {
    const opening = {
      store: dead,
      bundle,
      keys: envelope,
      environment: 'production',
      follow: false,
      load: 'lazy',
    } as const;
    const terms = await openTerms({ ...opening, now: () => place.now });
    expect([terms.release.n, terms.freshness.source]).toEqual([1, 'bundle']);
  }
});

test.each([
  ['missing', () => undefined, /is missing from the store/],
  ['damaged', () => Buffer.from('{}'), /is damaged/],
])('nothing is bundled of a release of which a leaf is %s', async (_, instead, message) => {
  await putHead(payload);
  const plain = store.get.bind(store);
  const [leaf = ''] =
    [...objects].find(([, bytes]) => Buffer.from(bytes).toString().startsWith('{"customer":"c-7"')) ?? [];
  expect(leaf).not.toBe('');
  store.get = async (hashes) => {
    const found = await plain(hashes);
    const bytes = instead();
    if (found.delete(leaf) && bytes) found.set(leaf, bytes);
    return found;
  };
  const bundle = openFileStore(temporaryFolder());
  await expect(bundleRelease(store, bundle, unsigned)).rejects.toThrow(message);
  expect(await bundle.getHead('production', 'stable')).toBeUndefined();
});
