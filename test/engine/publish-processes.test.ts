import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { publish } from '../../engine/publish/publish.ts';
import { openFileStore } from '../../runtime/stores/file.ts';
import { drawFrom, seed, timesFrom } from '../fixtures/release/counts.ts';
import { type Acknowledged, startPublisher } from '../fixtures/release/processes.ts';
import { faultsOf, race } from '../fixtures/release/race.ts';
import { numberedSnapshot, readEverything, sampleRequest, sampleTools } from '../fixtures/release/sample.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'proviso-publish-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The whole chain, oldest first; throws unless it is whole and its newest release complete. */
const readChain = async (store: string): Promise<Acknowledged[]> =>
  (await readEverything(openFileStore(store))).map(({ payload: { n, commit } }) => ({ release: n, commit })).reverse();

const kills = timesFrom('PROVISO_KILLS', 60);

test(`a publisher killed ${kills} times at random moments leaves a whole release and loses nothing it acknowledged (seed ${seed})`, {
  timeout: 60_000 + kills * 2_000,
}, async () => {
  const draw = drawFrom(seed);
  const acknowledged: Acknowledged[] = [];
  const killOne = async (store: string, round: number): Promise<void> => {
    const publisher = startPublisher(`file:${store}`, round * 1_000_000, 1, 1_000_000);
    await (round % 2 === 0 ? publisher.ready : publisher.publishing);
    await sleep(draw() * 60);
    publisher.process.kill('SIGKILL');
    expect(await publisher.ended).toBeUndefined();
    acknowledged.push(...publisher.acknowledged);
    const chain = await readChain(store);
    expect(chain).toEqual(expect.arrayContaining(publisher.acknowledged));

    const commit = `c${round * 1_000_000 + 999_999}`;
    const again = openFileStore(store);
    const result = await publish(
      sampleTools(again, () => numberedSnapshot(round)),
      sampleRequest(commit),
    );
    expect(result).toMatchObject({ outcome: 'published', release: chain.length + 1 });
    expect((await readChain(store)).at(-1)?.commit).toBe(commit);
  };
  const lane = async (name: string): Promise<void> => {
    for (let round = 1; round <= Math.ceil(kills / 2); round += 1) await killOne(join(folder, name), round);
  };
  await Promise.all([lane('one'), lane('two')]);
  expect(acknowledged.length).toBeGreaterThanOrEqual(kills / 2);
  const releases = (await readChain(join(folder, 'one'))).length + (await readChain(join(folder, 'two'))).length;
  expect(releases).toBeGreaterThanOrEqual(acknowledged.length + kills);
});

describe('publishers that race', () => {
  const racers = timesFrom('PROVISO_RACERS', 10);
  const each = timesFrom('PROVISO_RACES', 50);

  test(`${racers} × ${each} make one chain of exactly what was acknowledged, and readers only ever see it grow`, {
    timeout: 60_000 + racers * each * 100,
  }, async () => {
    const seen = await race(`file:${folder}`, { racers, each });
    expect(seen.publishers.flatMap(({ acknowledged }) => acknowledged).length).toBe(racers * each);
    expect(faultsOf(seen)).toEqual([]);
  });

  test('are caught when they look at the head and then overwrite it', { timeout: 60_000 }, async () => {
    expect(faultsOf(await race(`file:${folder}`, { racers: 4, each: 25, isBlind: true }))).not.toEqual([]);
  });
});

test('jobs that finish out of order never put an older commit in force after a newer one', async () => {
  const commits = Array.from({ length: 40 }, (_, index) => index + 1);
  const draw = drawFrom(seed);
  const shuffled = commits.map((commit) => ({ commit, at: draw() })).sort((a, b) => a.at - b.at);
  const results = await Promise.all(
    shuffled.map(async ({ commit }) => {
      const store = openFileStore(folder);
      const tools = {
        ...sampleTools(store, () => numberedSnapshot(commit)),
        pause: (ms: number) => sleep(draw() * ms),
      };
      for (;;) {
        const { outcome } = await publish(tools, sampleRequest(`c${commit}`));
        if (outcome !== 'lost') return outcome;
      }
    }),
  );
  const inForce = (await readChain(folder)).map(({ commit }) => Number(commit.slice(1)));
  expect(inForce).toEqual([...inForce].sort((a, b) => a - b));
  expect(inForce.at(-1)).toBe(40);
  expect(results.filter((outcome) => outcome === 'published').length).toBe(inForce.length);
  expect(results.every((outcome) => outcome === 'published' || outcome === 'superseded')).toBe(true);
});
