import { beforeEach, describe, expect, test } from 'vitest';
import { checkBackup } from '../../engine/publish/backup/check-backup.ts';
import { exportBackup } from '../../engine/publish/backup/export-backup.ts';
import { BackupError, type Frame, readFrames, writeFrames } from '../../engine/publish/backup/frames.ts';
import { importBackup } from '../../engine/publish/backup/import-backup.ts';
import { collectGarbage } from '../../engine/publish/collect-garbage.ts';
import { publish } from '../../engine/publish/publish.ts';
import { refresh } from '../../engine/publish/refresh.ts';
import { rollback } from '../../engine/publish/rollback.ts';
import { sha256 } from '../../runtime/snapshot/object.ts';
import { drawFrom, seed } from '../fixtures/release/counts.ts';
import { MemoryStore } from '../fixtures/release/memory-store.ts';
import {
  numberedSnapshot,
  readEverything,
  sampleRequest,
  sampleSnapshot,
  sampleTarget,
  sampleTools,
} from '../fixtures/release/sample.ts';
import { signedKeys } from '../fixtures/release/signed-keys.ts';

const keys = await signedKeys(sampleTarget.repo, 2);
const places = [
  { env: 'local', channel: 'stable' },
  { env: 'local', channel: 'canary' },
];
const now = () => new Date('2026-06-03T00:00:00Z');
const proof = Buffer.from('{"evidence":true}');
let store: MemoryStore;
const publishNumber = (number: number, change: object = {}, to = store) =>
  publish(
    {
      ...sampleTools(to, () => numberedSnapshot(number)),
      signing: keys,
      prove: async () => ({ outcome: 'proven', evidence: sha256(proof), object: proof }),
    },
    { ...sampleRequest(`c${number}`), ...change },
  );
beforeEach(async () => {
  store = new MemoryStore();
  for (const number of [1, 2, 3]) await publishNumber(number);
  await publishNumber(4, { channel: 'canary' });
  await refresh({ ...sampleTools(store, () => numberedSnapshot(3)), signing: keys }, sampleTarget);
});

const backupOf = async (from = store, of = places): Promise<Uint8Array> => {
  const parts: Uint8Array[] = [];
  for await (const part of writeFrames(exportBackup({ store: from, now }, of))) parts.push(part);
  return Buffer.concat(parts);
};
async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const restore = (bytes: Uint8Array, to: MemoryStore, change: { dryRun?: boolean; signing?: typeof keys } = {}) => {
  const { dryRun = false, signing = keys } = change;
  const trust = async (place: { env: string; channel: string }) => ({ place: { ...sampleTarget, ...place }, signing });
  return importBackup({ store: to, read: () => inPieces(bytes, 1_000), trust }, { dryRun });
};
/** What a store holds, by the hashes of what it really holds. */
const stateOf = ({ objects, heads }: MemoryStore) => ({
  objects: [...objects].map(([hash, bytes]) => [hash, sha256(bytes)]).sort(),
  heads: Object.fromEntries([...heads].map(([place, envelopes]) => [place, envelopes.map((each) => sha256(each))])),
});
const isEmpty = (one: MemoryStore): boolean => one.objects.size === 0 && one.heads.size === 0;

describe('a backup', () => {
  test('brings everything back into an empty store', async () => {
    const to = new MemoryStore();
    const bytes = await backupOf();
    expect(await restore(bytes, to, { dryRun: true })).toMatchObject({ outcome: 'planned' });
    expect(isEmpty(to)).toBe(true);
    expect(await restore(bytes, to)).toEqual({
      outcome: 'imported',
      made: '2026-06-03T00:00:00.000Z',
      places: [
        { env: 'local', channel: 'stable', before: 0, heads: 4, release: 4 },
        { env: 'local', channel: 'canary', before: 0, heads: 1, release: 1 },
      ],
      written: { objects: store.objects.size, bytes: expect.any(Number) },
    });
    expect(stateOf(to)).toEqual(stateOf(store));
    expect((await readEverything(to)).length).toBe(4);
    expect(await publishNumber(5, {}, to)).toMatchObject({ outcome: 'published', release: 5 });
    const back = await rollback(
      { ...sampleTools(to, () => numberedSnapshot(9)), signing: keys },
      { ...sampleTarget, toRelease: 1 },
    );
    expect(back).toMatchObject({ outcome: 'published', release: 6, commit: 'c1' });
  });

  test('is read the same in pieces of any size', async () => {
    const bytes = await backupOf();
    const whole = await checkBackup(inPieces(bytes, bytes.length));
    for (const size of [1, 7, 4_096]) expect(await checkBackup(inPieces(bytes, size))).toEqual(whole);
  });

  test('goes on in a store that has the beginning of it, and may be repeated', async () => {
    const early = new MemoryStore();
    await restore(await backupOf(), early);
    await publishNumber(5);
    const later = await backupOf();
    expect(await restore(later, early)).toMatchObject({
      outcome: 'imported',
      places: [
        { before: 4, heads: 1, release: 5 },
        { before: 1, heads: 0 },
      ],
    });
    expect(await restore(later, early)).toMatchObject({
      places: [{ before: 5, heads: 0 }, { heads: 0 }],
      written: { objects: 0 },
    });
    expect(stateOf(early).heads).toEqual(stateOf(store).heads);
  });

  test('does not overwrite what is newer or other than it', async () => {
    const bytes = await backupOf();
    await publishNumber(5);
    const before = stateOf(store);
    expect(await restore(bytes, store)).toMatchObject({
      outcome: 'refused',
      reason: 'ahead',
      message: expect.stringContaining('1 newer heads of local/stable'),
    });
    const other = new MemoryStore();
    await publishNumber(7, {}, other);
    expect(await restore(bytes, other)).toMatchObject({
      outcome: 'refused',
      reason: 'ahead',
      message: expect.stringContaining('other heads'),
    });
    expect(stateOf(store)).toEqual(before);
    expect(other.heads.size).toBe(1);
  });

  test('leaves out what was swept before, and keeps its heads', async () => {
    const old = sampleSnapshot([{ id: 'old' }]);
    await publish({ ...sampleTools(store, () => old), signing: keys }, { ...sampleRequest('c1'), channel: 'beta' });
    const later = {
      ...sampleTools(store, () => numberedSnapshot(9)),
      signing: keys,
      now: () => new Date('2026-09-01T00:00:00Z'),
    };
    await publish(later, { ...sampleRequest('c9'), channel: 'beta' }).then((result) =>
      expect(result).toMatchObject({ outcome: 'refused', reason: 'vanished' }),
    );
    store.objects.delete(numberedSnapshot(1).root);
    const to = new MemoryStore();
    expect(await restore(await backupOf(), to)).toMatchObject({ outcome: 'imported' });
    expect(to.heads.get('local/stable')?.length).toBe(4);
    expect([...numberedSnapshot(3).objects.keys()].every((hash) => to.objects.has(hash))).toBe(true);
    expect(to.objects.has(numberedSnapshot(1).root)).toBe(false);
    const gc = await collectGarbage({ store: to, signing: keys, now }, { ...sampleTarget });
    expect(gc).toMatchObject({ outcome: 'swept', removed: { objects: 0 } });
  });

  test('is not made of a store whose release in force is not whole', async () => {
    store.objects.delete(
      [...numberedSnapshot(3).objects.keys()].find((hash) => !numberedSnapshot(2).objects.has(hash)) as string,
    );
    await expect(backupOf()).rejects.toThrow(/missing/);
  });
});

describe('a backup that is not what was written', () => {
  const draw = drawFrom(seed);

  test('is refused wherever it is cut off, and nothing is written', async () => {
    const bytes = await backupOf();
    for (let length = 0; length < bytes.length; length += Math.max(1, Math.floor(bytes.length / 400))) {
      const to = new MemoryStore();
      expect(await restore(bytes.subarray(0, length), to)).toMatchObject({ outcome: 'refused', reason: 'backup' });
      expect(isEmpty(to)).toBe(true);
    }
    expect(await restore(Buffer.concat([bytes, Buffer.from('x')]), new MemoryStore())).toMatchObject({
      reason: 'backup',
    });
  });

  test(`is refused with any of its bits flipped (seed ${seed})`, async () => {
    const bytes = Buffer.from(await backupOf());
    for (let flip = 0; flip < 500; flip += 1) {
      const at = Math.floor(draw() * bytes.length);
      const bit = 1 << Math.floor(draw() * 8);
      bytes[at] = (bytes[at] ?? 0) ^ bit;
      const to = new MemoryStore();
      expect(await restore(bytes, to), `bit ${bit} of byte ${at}`).toMatchObject({
        outcome: 'refused',
        reason: 'backup',
      });
      expect(isEmpty(to)).toBe(true);
      bytes[at] = (bytes[at] ?? 0) ^ bit;
    }
  });

  /** As somebody would who can write a sum of his own. */
  const rewritten = async (edit: (frames: Frame[]) => Frame[]): Promise<Uint8Array> => {
    const frames: Frame[] = [];
    for await (const { kind, body } of readFrames(inPieces(await backupOf(), 1 << 20)))
      frames.push({ kind, body: Uint8Array.from(body) });
    const parts: Uint8Array[] = [];
    const edited = async function* (): AsyncGenerator<Frame> {
      yield* edit(frames);
    };
    for await (const part of writeFrames(edited())) parts.push(part);
    return Buffer.concat(parts);
  };
  const lastObject = (frames: readonly Frame[]): number => frames.findLastIndex(({ kind }) => kind === 'O');

  test.each<[string, (frames: Frame[]) => Frame[]]>([
    ['lacks an object', (frames) => frames.toSpliced(lastObject(frames), 1)],
    ['has an object too many', (frames) => [...frames, { kind: 'O', body: Buffer.from('{}') }]],
    [
      'has another object in its place',
      (frames) => frames.with(lastObject(frames), { kind: 'O', body: Buffer.from('{}') }),
    ],
    [
      'lacks a head',
      (frames) =>
        frames.toSpliced(
          frames.findIndex(({ kind }) => kind === 'H'),
          1,
        ),
    ],
    ['has two heads in another order', ([begin, one, two, ...rest]) => [begin, two, one, ...rest] as Frame[]],
    ['has a head twice', (frames) => frames.with(2, frames[1] as Frame)],
    ['begins twice', ([begin, ...rest]) => [begin, begin, ...rest] as Frame[]],
    ['holds nothing', () => []],
    [
      'is of a newer version',
      ([, ...rest]) => [{ kind: 'B', body: Buffer.from('{"format":"proviso-backup","v":2}') }, ...rest],
    ],
  ])('is refused where it %s, however right its sum is', async (_, edit) => {
    const to = new MemoryStore();
    expect(await restore(await rewritten(edit), to)).toMatchObject({ outcome: 'refused', reason: 'backup' });
    expect(isEmpty(to)).toBe(true);
  });

  test('is refused where its heads are signed by others', async () => {
    const others = await signedKeys(sampleTarget.repo, 2);
    const to = new MemoryStore();
    expect(await restore(await backupOf(), to, { signing: others })).toMatchObject({
      outcome: 'refused',
      reason: 'backup',
      message: expect.stringContaining('not one to trust'),
    });
    expect(isEmpty(to)).toBe(true);
  });

  test('costs no more memory than its largest frame', async () => {
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      const head = Buffer.from([0x4f, 0xff, 0xff, 0xff, 0xff]);
      yield head;
      for (;;) yield Buffer.alloc(65_536);
    };
    await expect(checkBackup(endless())).rejects.toThrow(BackupError);
  });
});
