import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import type { HeadPayload } from '../../runtime/snapshot/head.ts';
import { openFileStore } from '../../runtime/stores/file.ts';
import { drawFrom, seed, timesFrom } from '../fixtures/release/counts.ts';
import { readEverything } from '../fixtures/release/sample.ts';
import { git, temporaryFolder } from '../temporary-repository.ts';
import { edit, tinyRepository } from './company-in-git.ts';
import { json } from './sample-company.ts';
import { tinyCompany } from './tiny-company.ts';

const bin = fileURLToPath(new URL('../../dist/scripts/proviso.js', import.meta.url));
const PLAN = 'plans/studio@1.yaml';

interface Run {
  process: ChildProcess;
  /** Its exit code, null when it was killed, and what it said. */
  ended: Promise<{ code: number | null; said: Record<string, unknown>; stderr: string }>;
}

/** Starts the program as a user does, in a process of its own. */
function startPublish(cwd: string, store: string, ...argv: string[]): Run {
  const env = { ...process.env, GITHUB_ACTIONS: '' };
  const words = [bin, 'publish', '--format', 'json', '--store', pathToFileURL(store).href, ...argv];
  const child = spawn(process.execPath, words, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended: Run['ended'] = new Promise((resolve) =>
    child.on('close', (code) => resolve({ code, said: stdout === '' ? {} : JSON.parse(stdout), stderr })),
  );
  return { process: child, ended };
}

/** Every release, oldest first; throws unless the chain is whole and the newest release complete. */
const readChain = async (folder: string): Promise<HeadPayload[]> =>
  (await readEverything(openFileStore(folder))).map(({ payload }) => payload).reverse();

const withSeats = (seats: number) => ({ [PLAN]: tinyCompany[PLAN].replace('seats: 5', `seats: ${seats}`) });

test('six at once from six clones make one chain that ends with the newest commit', { timeout: 120_000 }, async () => {
  const { root, commit } = tinyRepository();
  const commits = [commit, ...[6, 7, 8, 9, 10].map((seats) => edit(root, withSeats(seats)))];
  const folder = temporaryFolder();
  const store = join(folder, 'store');
  const started = commits.map((each, index) => {
    const clone = join(folder, `clone-${index}`);
    git(folder, 'clone', '--quiet', root, clone);
    return { each, clone };
  });
  const results = await Promise.all(
    started.map(async ({ each, clone }) => {
      for (;;) {
        const { code, said, stderr } = await startPublish(clone, store, '--commit', each).ended;
        expect([0, 3], stderr).toContain(code);
        if (code === 0) return { commit: each, outcome: said.outcome, release: said.release };
      }
    }),
  );
  const chain = await readChain(store);
  const inForce = chain.map((head) => commits.indexOf(head.commit));
  expect(inForce).toEqual([...new Set(inForce)].sort((a, b) => a - b));
  expect(chain.at(-1)?.commit).toBe(commits.at(-1));
  // What each was told is what became of it.
  expect(results.filter(({ outcome }) => outcome !== 'superseded')).toEqual(
    commits.flatMap((each) => {
      const found = chain.find((head) => head.commit === each);
      return found ? [{ commit: each, outcome: 'published', release: found.n }] : [];
    }),
  );
  const status = await json(root, 'status', '--store', pathToFileURL(store).href);
  expect(status).toMatchObject({ exitCode: 0, release: chain.length, drift: false, changed: [] });
});

const kills = timesFrom('PROVISO_COMMAND_KILLS', 10);

test(`killed ${kills} times at random moments: what is read is whole, and running it again finishes (seed ${seed})`, {
  timeout: 60_000 + kills * 5_000,
}, async () => {
  const draw = drawFrom(seed);
  const others = Object.fromEntries(
    Array.from({ length: 200 }, (_, n) => [`customers/other-${n}.yaml`, `name: Other ${n}\nplan: studio@1\n`]),
  );
  const { root } = tinyRepository(others);
  const store = join(temporaryFolder(), 'store');
  const read = (...argv: string[]) => json(root, ...argv, '--store', pathToFileURL(store).href);
  const began = performance.now();
  expect(await startPublish(root, store).ended).toMatchObject({ code: 0, said: { release: 1, customers: 201 } });
  const usual = performance.now() - began;

  for (let round = 1; round <= kills; round += 1) {
    const commit = edit(root, withSeats(5 + round));
    const before = await readChain(store);
    const publish = startPublish(root, store);
    await sleep(usual * (0.3 + 0.8 * draw()));
    publish.process.kill('SIGKILL');
    const { said } = await publish.ended;

    const after = await readChain(store);
    expect(after.slice(0, before.length)).toEqual(before);
    const isPublished = after.length > before.length;
    if (said.outcome !== undefined) expect([said.outcome, isPublished]).toEqual(['published', true]);
    expect(after.at(-1)?.commit === commit).toBe(isPublished);
    expect(await read('status')).toMatchObject({ exitCode: 0, release: after.length, drift: !isPublished });
    const seats = isPublished ? 5 + round : 4 + round;
    for (const customer of ['acme', 'other-0', 'other-199'])
      expect(await read('get', customer, 'seats')).toMatchObject({ release: after.length, value: seats });

    const again = await startPublish(root, store).ended;
    expect(again).toMatchObject({ code: 0, said: { release: before.length + 1, commit } });
    expect(again.said.outcome).toBe(isPublished ? 'unchanged' : 'published');
    expect(await read('get', 'other-7', 'seats')).toMatchObject({ value: 5 + round });
  }
  expect((await readChain(store)).length).toBe(kills + 1);
});
