import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../runtime/stores/registry.ts';
import { timesFrom } from '../fixtures/release/counts.ts';
import { faultsOf, race } from '../fixtures/release/race.ts';
import { isMissing } from '../fixtures/servers/server.ts';
import { type Places, type RunningPlaces, storePlaces } from './places.ts';

const racers = timesFrom('PROVISO_RACERS', 8);
const each = timesFrom('PROVISO_RACES', 25);

/** Publishers that race on a kind of store, in a test file of its own. */
export function racesOn(kind: string, places: Places = storePlaces[kind] as Places): void {
  describe.skipIf(isMissing(places.needs))(`publishers that race on ${kind} (${places.needs})`, () => {
    let running: RunningPlaces;
    beforeAll(async () => {
      running = await places.start();
    }, 60_000);
    afterAll(() => running?.stop());

    test(`${racers} × ${each} make one chain of exactly what was acknowledged, and readers only ever see it grow`, {
      timeout: 60_000 + racers * each * 100,
    }, async () => {
      const seen = await race(await readyStore(running), { racers, each });
      expect(seen.publishers.flatMap(({ acknowledged }) => acknowledged).length).toBe(racers * each);
      expect(faultsOf(seen)).toEqual([]);
    });

    test('are caught when they look at the head and then overwrite it', { timeout: 60_000 }, async () => {
      expect(faultsOf(await race(await readyStore(running), { racers: 4, each: 25, isBlind: true }))).not.toEqual([]);
    });
  });
}

/** The URL of a fresh store with what it needs in place, as an operator leaves it. */
async function readyStore(running: RunningPlaces): Promise<string> {
  const url = await running.fresh();
  const store = await openStore(url);
  await store.init?.();
  await store.close();
  return url;
}
