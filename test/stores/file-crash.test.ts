import { describe, expect, test } from 'vitest';
import { publish } from '../../engine/publish/publish.ts';
import { rollback } from '../../engine/publish/rollback.ts';
import { listObjects } from '../../runtime/snapshot/find.ts';
import { decodeHead, encodeHead, type HeadPayload, headSchema } from '../../runtime/snapshot/head.ts';
import { openFileStore } from '../../runtime/stores/file.ts';
import { drawFrom, seed, timesFrom } from '../fixtures/release/counts.ts';
import { type CrashState, crashStates } from '../fixtures/release/crash-states.ts';
import { MemoryDisk, type Operation } from '../fixtures/release/memory-disk.ts';
import {
  numberedSnapshot,
  readEverything,
  sampleRequest,
  sampleTarget,
  sampleTools,
} from '../fixtures/release/sample.ts';

const root = '/srv/store';
const states = timesFrom('PROVISO_CRASH_STATES', 10_000);

/** Nothing that was acknowledged is lost, and what is in force is whole. */
async function verify({ disk, acknowledged }: CrashState): Promise<void> {
  const heads = await readEverything(openFileStore(root, disk));
  if (heads.length < acknowledged)
    throw new Error(`release ${acknowledged} was acknowledged, ${heads.length} is the newest`);
}

async function findBroken(log: readonly Operation[], perCut: number): Promise<{ seen: number; broken: string[] }> {
  const broken: string[] = [];
  let seen = 0;
  for (const state of crashStates(log, perCut, drawFrom(seed))) {
    seen += 1;
    await verify(state).catch((error: Error) => broken.push(`${state.name}: ${error.message}`));
  }
  return { seen, broken };
}

async function lifeOfAStore(): Promise<Operation[]> {
  const disk = new MemoryDisk();
  const store = openFileStore(root, disk);
  for (let number = 1; number <= 8; number += 1) {
    const tools = sampleTools(store, () => numberedSnapshot(number));
    const result =
      number === 4
        ? await rollback(tools, { ...sampleTarget, toRelease: 2 })
        : await publish(tools, sampleRequest(`c${number}`));
    expect(result.outcome).toBe('published');
    disk.acknowledge(number);
    if (number === 6) {
      const keep = new Set<string>();
      for await (const hash of listObjects((hashes) => store.get(hashes), numberedSnapshot(6).root)) keep.add(hash);
      const swept = await store.sweep(keep, new Date(Date.now() + 1000));
      expect(swept.objects).toBeGreaterThan(0);
    }
  }
  return disk.log;
}

test('a cache that forgets heads when the power is cut has no gap, and the newest one', async () => {
  const disk = new MemoryDisk();
  const store = openFileStore(root, disk);
  const { env, channel } = sampleTarget;
  for (let number = 1; number <= 8; number += 1) {
    const tools = sampleTools(store, () => numberedSnapshot(number));
    expect((await publish(tools, sampleRequest(`c${number}`))).outcome).toBe('published');
  }
  const before = disk.log.length;
  await store.forgetHeads(env, channel, 3, new Date(0));
  expect(disk.log.length).toBe(before);
  await store.forgetHeads(env, channel, 3, new Date(Date.now() + 1000));
  await store.forgetHeads(env, channel, 3, new Date(Date.now() + 1000));
  const lowest = new Set<number>();
  for (const state of crashStates(disk.log.slice(0), 64, drawFrom(seed))) {
    if (Number(/after operation (\d+)/.exec(state.name)?.[1]) < before) continue;
    const numbers = state.disk
      .readdirSync(headsFolder)
      .filter((name) => name !== 'HEAD')
      .map(Number)
      .sort((a, b) => a - b);
    const [low = 0] = numbers;
    expect(numbers, state.name).toEqual(Array.from({ length: 9 - low }, (_, index) => low + index));
    const left: number[] = [];
    for await (const envelope of openFileStore(root, state.disk).history(env, channel))
      left.push(decodeHead(envelope).payload.n);
    expect(left.reverse(), state.name).toEqual(numbers);
    lowest.add(low);
  }
  expect(lowest).toEqual(new Set([1, 2, 3, 4, 5, 6]));
});

describe('a power cut after any operation', () => {
  test(`leaves the old or the new release, whole, and nothing acknowledged is lost (seed ${seed})`, async () => {
    const log = await lifeOfAStore();
    const perCut = Math.ceil(states / (log.length / 3));
    const { seen, broken } = await findBroken(log, perCut);
    expect(broken).toEqual([]);
    expect(seen).toBeGreaterThanOrEqual(states);
  });

  test('is followed by a publish that finishes', async () => {
    const log = await lifeOfAStore();
    for (const { disk, name } of crashStates(log, 3, drawFrom(seed))) {
      const store = openFileStore(root, disk);
      const result = await publish(
        sampleTools(store, () => numberedSnapshot(9)),
        sampleRequest('c9'),
      );
      expect([name, result.outcome]).toEqual([name, 'published']);
      await readEverything(store);
    }
  });

  test.each([
    ['folders are never synced', (operation: Operation) => operation.kind !== 'syncFolder'],
    ['files are never synced', (operation: Operation) => operation.kind !== 'syncFile'],
  ])('is found to lose releases when %s', async (_, keeps) => {
    const log = (await lifeOfAStore()).filter(keeps);
    expect((await findBroken(log, 20)).broken.length).toBeGreaterThan(0);
  });
});

const head = (n: number, prev: string | null, root: string): HeadPayload => {
  const { staleAfterMs: _, ...place } = sampleTarget;
  return {
    v: 1,
    ...place,
    epoch: 0,
    n,
    prev,
    kind: 'publish',
    root,
    count: 2,
    commit: `c${n}`,
    policyDigest: 'none',
    evidence: 'none',
    schema: headSchema,
    issuedAt: '2026-06-03T00:00:00.000Z',
    staleAfter: '2026-06-03T02:00:00.000Z',
  };
};

const headsFolder = `${root}/heads/${sampleTarget.env}/${sampleTarget.channel}`;
const packsFolder = `${root}/packs`;

/** Runs `overtake` at the first operation that `when` finds, as another process would: in the middle of the first one's call. */
function stepIn(disk: MemoryDisk, when: (operation: Operation) => boolean, overtake: () => void): void {
  disk.before = (operation) => {
    if (!when(operation)) return;
    disk.before = () => {};
    overtake();
  };
}

/** The log as if folders were not synced while `isOff` says so; it is asked at every operation. */
function withoutSync(log: readonly Operation[], folder: string, isOff: (operation: Operation) => boolean): Operation[] {
  return log.filter(
    (operation) => !(isOff(operation) && operation.kind === 'syncFolder' && operation.folder === folder),
  );
}

const names = (operation: Operation, release: number): boolean =>
  operation.kind === 'name' && operation.folder === headsFolder && operation.name === String(release);

describe('two publishers and a power cut', () => {
  const { objects, root: release } = numberedSnapshot(1);
  const one = encodeHead(head(1, null, release));
  const two = encodeHead(head(2, one.hash, release));
  const { env, channel } = sampleTarget;

  /** The second finds a pack the first has not synced yet, publishes with it and is acknowledged. */
  async function relyOnUnsyncedPack(): Promise<Operation[]> {
    const disk = new MemoryDisk();
    const [first, second] = [openFileStore(root, disk), openFileStore(root, disk)];
    const answers: Promise<unknown>[] = [];
    stepIn(
      disk,
      (operation) => operation.kind === 'syncFolder' && operation.folder === packsFolder,
      () => {
        answers.push(second.has(objects.keys()), second.casHead(env, channel, null, one.envelope));
        disk.acknowledge(1);
      },
    );
    await first.putAll(objects);
    expect(await Promise.all(answers)).toEqual([new Set(objects.keys()), 'ok']);
    return disk.log;
  }

  /** The second follows a head the first has not synced yet, and is acknowledged. */
  async function followUnsyncedHead(): Promise<Operation[]> {
    const disk = new MemoryDisk();
    const [first, second] = [openFileStore(root, disk), openFileStore(root, disk)];
    await first.putAll(objects);
    const answers: Promise<unknown>[] = [];
    let isLinked = false;
    stepIn(
      disk,
      (operation) => {
        if (isLinked && operation.kind === 'syncFolder') return true;
        isLinked ||= names(operation, 1);
        return false;
      },
      () => {
        answers.push(second.casHead(env, channel, `1-${one.hash}`, two.envelope));
        disk.acknowledge(2);
      },
    );
    expect(await first.casHead(env, channel, null, one.envelope)).toBe('ok');
    expect(await Promise.all(answers)).toEqual(['ok']);
    return disk.log;
  }

  /** The second uses the folder of the store, which the first has made and not synced yet. */
  async function useUnsyncedFolder(): Promise<Operation[]> {
    const disk = new MemoryDisk(
      new Map([
        ['/', new Map([['srv', 'folder']])],
        ['/srv', new Map()],
      ]),
    );
    const [first, second] = [openFileStore(root, disk), openFileStore(root, disk)];
    const answers: Promise<unknown>[] = [];
    stepIn(
      disk,
      (operation) => operation.kind === 'syncFolder' && operation.folder === '/srv',
      () => {
        answers.push(second.putAll(objects), second.casHead(env, channel, null, one.envelope));
        disk.acknowledge(1);
      },
    );
    await first.putAll(objects);
    expect(await Promise.all(answers)).toEqual([undefined, 'ok']);
    return [
      { kind: 'name', folder: '/', name: 'srv', entry: 'folder' },
      { kind: 'syncFolder', folder: '/' },
      ...disk.log,
    ];
  }

  test('leave a whole release when one relied on what the other had not synced', async () => {
    expect((await findBroken(await useUnsyncedFolder(), 64)).broken).toEqual([]);
    expect((await findBroken(await relyOnUnsyncedPack(), 64)).broken).toEqual([]);
    expect((await findBroken(await followUnsyncedHead(), 64)).broken).toEqual([]);
  });

  test('are found to lose it when packs are not synced before the head is seen', async () => {
    let isSeen = false;
    const log = withoutSync(await relyOnUnsyncedPack(), packsFolder, (operation) => {
      isSeen ||= names(operation, 1);
      return !isSeen;
    });
    expect((await findBroken(log, 64)).broken.length).toBeGreaterThan(0);
  });

  test('are found to lose it when the head before is not synced first', async () => {
    let newest = 0;
    const log = withoutSync(await followUnsyncedHead(), headsFolder, (operation) => {
      if (names(operation, newest + 1)) newest += 1;
      return newest === 1;
    });
    expect((await findBroken(log, 64)).broken.length).toBeGreaterThan(0);
  });
});
