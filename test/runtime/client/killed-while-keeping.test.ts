import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openTerms, StoreError } from '../../../runtime/index.ts';
import { openFileStore } from '../../../runtime/stores/file.ts';
import { compiledProgram } from '../../compiled-program.ts';
import { customersOf, seatsOf, signedLine } from '../../fixtures/client/signed-line.ts';
import { timesFrom } from '../../fixtures/release/counts.ts';
import { temporaryFolder } from '../../temporary-repository.ts';

const script = compiledProgram(new URL('../../fixtures/client/cache-writer.ts', import.meta.url));
/** Caches that are written at once. */
const CACHES = 3;

const down = {
  get: async () => Promise.reject(new StoreError('unavailable', 'down')),
  getHead: async () => Promise.reject(new StoreError('unavailable', 'down')),
  close: async () => {},
};

/** Starts a product over a cache, kills it in the middle of its work, and tells the last release it said it had served. */
async function killOne(folder: string, keys: string, cache: string): Promise<number> {
  const child = spawn(process.execPath, [script, folder, keys, cache], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  const enough = 1 + Math.floor(Math.random() * 4);
  const started = new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.split('\n').length > enough) resolve();
    });
  });
  const ended = new Promise<void>((resolve) => void child.on('close', () => resolve()));
  await Promise.race([started, ended]);
  await sleep(Math.random() * 40);
  child.kill('SIGKILL');
  await ended;
  return Number(/served (\d+)\n[^\n]*$/.exec(said)?.[1] ?? 0);
}

test('a product that is killed at any moment starts again from a whole release, none before the last it served', async () => {
  const keys = join(temporaryFolder(), 'keyset.json');
  const folder = temporaryFolder();
  const line = await signedLine(600);
  writeFileSync(keys, line.pinned.envelope);
  const store = openFileStore(folder);
  await store.putAll(line.objects);
  for (const { envelope } of line.releases) {
    const at = await store.getHead('local', 'stable');
    await store.casHead('local', 'stable', at?.token ?? null, envelope);
  }

  const kills = timesFrom('PROVISO_LKG_KILLS', 60);
  const caches = Array.from({ length: CACHES }, temporaryFolder);
  const seen = new Set<number>();
  await Promise.all(
    caches.map(async (cache) => {
      for (let kill = 0; kill < kills / CACHES; kill += 1) {
        const served = await killOne(folder, keys, cache);
        const terms = await openTerms({ store: down, cache, keys, follow: false });
        expect(terms.freshness.source).toBe('disk');
        const { n } = terms.release;
        expect(n).toBeGreaterThanOrEqual(served);
        for (const id of customersOf) expect(terms.customer(id)?.value('seats')).toBe(seatsOf(n));
        await terms.close();
        seen.add(n);
      }
    }),
  );
  // They were killed at different moments.
  expect(seen.size).toBeGreaterThan(Math.min(kills, 10) / 2);
});
