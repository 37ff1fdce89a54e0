import { expect, it } from 'vitest';
import { evidenceOf } from '../../engine/publish/evidence-of.ts';
import type { Evidence } from '../../engine/verify/evidence.ts';
import { encodeObject, SnapshotError } from '../../runtime/snapshot/object.ts';

const evidence: Evidence = {
  v: 1,
  kind: 'evidence',
  repo: 'acme/terms',
  env: 'production',
  channel: 'stable',
  verify: 'github',
  from: 'c0',
  to: 'c1',
  commits: [],
};

/** Objects by their hash, as a store gives them; `asked` is what was read. */
function storeOf(...values: unknown[]) {
  const objects = new Map(
    values.map((value) => {
      const { ref, bytes } = encodeObject(value);
      return [ref.hash, bytes as Uint8Array];
    }),
  );
  const asked: string[] = [];
  const get = async (hashes: readonly string[]) => {
    asked.push(...hashes);
    return new Map(hashes.flatMap((hash) => (objects.has(hash) ? [[hash, objects.get(hash) as Uint8Array]] : [])));
  };
  return { store: { get }, hashes: [...objects.keys()], objects, asked };
}

async function all(from: AsyncIterable<Evidence>): Promise<Evidence[]> {
  const found = [];
  for await (const each of from) found.push(each);
  return found;
}

it('evidence is read one by one, and only what this version understands', async () => {
  const later = { ...evidence, v: 2 };
  const { store, hashes, asked } = storeOf(evidence, later, { ...evidence, to: 'c2' }, { v: 1, kind: 'plan' });
  for await (const first of evidenceOf(store, hashes)) {
    expect(first).toEqual(evidence);
    break;
  }
  expect(asked).toEqual(hashes.slice(0, 1));
  expect(await all(evidenceOf(store, hashes))).toEqual([evidence, { ...evidence, to: 'c2' }]);
});

it.each([
  ['missing', (objects: Map<string, Uint8Array>, hash: string) => objects.delete(hash)],
  ['not what its hash names', (objects: Map<string, Uint8Array>, hash: string) => objects.set(hash, Buffer.from('{}'))],
])('evidence that is %s is not believed', async (_, damage) => {
  const { store, hashes, objects } = storeOf(evidence);
  damage(objects, hashes[0] as string);
  await expect(all(evidenceOf(store, hashes))).rejects.toThrow(SnapshotError);
});
