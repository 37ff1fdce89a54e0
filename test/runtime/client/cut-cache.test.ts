import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type FollowedRelease, followReleases } from '../../../runtime/client/follow-releases.ts';
import { holdCustomers } from '../../../runtime/client/hold-customers.ts';
import { lastKnownGoodIn } from '../../../runtime/client/last-known-good.ts';
import { type Leaf, timelineOf } from '../../../runtime/client/leaf.ts';
import { StoreError } from '../../../runtime/index.ts';
import { openFileStore } from '../../../runtime/stores/file.ts';
import { ScriptedStore } from '../../fixtures/client/scripted-store.ts';
import { customersOf, PLACE, START, seatsOf, signedLine } from '../../fixtures/client/signed-line.ts';
import { timesFrom } from '../../fixtures/release/counts.ts';
import { MemoryDisk } from '../../fixtures/release/memory-disk.ts';

const line = await signedLine(3);

beforeEach(() => {
  vi.useFakeTimers({ now: START });
});
afterEach(() => {
  vi.useRealTimers();
});

const follow = (disk: MemoryDisk, store: ScriptedStore): Promise<FollowedRelease<Leaf | undefined>> =>
  followReleases({
    store,
    customers: holdCustomers,
    isLazy: false,
    disk: lastKnownGoodIn(openFileStore('/cache', disk), Date.now),
    onTrouble: () => {},
    rules: { environment: PLACE.env, channel: PLACE.channel, trust: () => line.pinned, now: Date.now },
  });

/** The release that is started from while the store is down, every customer checked; nothing where there is none. */
async function startFrom(disk: MemoryDisk): Promise<number | undefined> {
  const store = new ScriptedStore(line, [], new Map(), Math.random);
  store.behaviour = { head: 'unavailable', objects: 'unavailable' };
  const { current } = await follow(disk, store).catch((error: unknown) => {
    expect(error).toBeInstanceOf(StoreError);
    return { current: undefined };
  });
  if (!current) return undefined;
  for (const id of customersOf) {
    const leaf = current.find(`acc_${id}`);
    expect(leaf && timelineOf(leaf).segments[0]?.layers[0]?.set?.seats).toBe(seatsOf(current.head.n));
  }
  return current.head.n;
}

test('a cache that is cut anywhere, in any of its files, gives its last release or the one before, never anything else', async () => {
  const disk = new MemoryDisk(
    new Map([
      ['/', new Map([['cache', 'folder']])],
      ['/cache', new Map()],
    ]),
  );
  const store = new ScriptedStore(line, [], new Map(), Math.random);
  const followed = await follow(disk, store);
  for (let n = 2; n <= 3; n += 1) {
    store.published = n;
    await followed.refresh();
  }
  expect(await startFrom(disk)).toBe(3);
  const most = timesFrom('PROVISO_CUTS', 120);
  const started = new Map<number | undefined, number>();
  for (const [file, bytes] of disk.files) {
    const step = Math.max(1, Math.floor(bytes.length / most));
    for (let length = 0; length < bytes.length; length += step) {
      disk.files.set(file, bytes.subarray(0, length));
      const release = await startFrom(disk);
      expect([3, 2, undefined], `file ${file} cut to ${length}`).toContain(release);
      started.set(release, (started.get(release) ?? 0) + 1);
    }
    disk.files.set(file, bytes);
  }
  // Both happen: a cut that hurts the last release leaves the one before.
  expect(started.get(3)).toBeGreaterThan(0);
  expect(started.get(2)).toBeGreaterThan(0);
  expect(await startFrom(disk)).toBe(3);
});

test('a cache whose bits were flipped anywhere gives what was published, or nothing', async () => {
  const disk = new MemoryDisk(
    new Map([
      ['/', new Map([['cache', 'folder']])],
      ['/cache', new Map()],
    ]),
  );
  const store = new ScriptedStore(line, [], new Map(), Math.random);
  store.published = 2;
  const followed = await follow(disk, store);
  store.published = 3;
  await followed.refresh();
  const most = timesFrom('PROVISO_CUTS', 40);
  for (const [file, bytes] of disk.files) {
    const step = Math.max(1, Math.floor(bytes.length / most));
    for (let place = 0; place < bytes.length; place += step) {
      disk.files.set(file, Buffer.from(bytes.map((byte, at) => (at === place ? byte ^ 1 : byte))));
      expect([3, 2, undefined], `file ${file} flipped at ${place}`).toContain(await startFrom(disk));
    }
    disk.files.set(file, bytes);
  }
});
