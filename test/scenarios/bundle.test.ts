import { spawnSync } from 'node:child_process';
import fs, { chmodSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { type OpenOptions, openTerms, type ReadStore, StoreError, type Terms } from '../../runtime/index.ts';
import { listObjects } from '../../runtime/snapshot/find.ts';
import { decodeHead, signHead } from '../../runtime/snapshot/head.ts';
import type { Disk } from '../../runtime/stores/file/disk.ts';
import { openFileStore } from '../../runtime/stores/file.ts';
import { runProviso } from '../run-proviso.ts';
import { commitAll, temporaryFolder, temporaryRepository, writeFiles } from '../temporary-repository.ts';
import { signedCompany } from './signed-company.ts';
import { tinyCompany } from './tiny-company.ts';

const NOW = '2026-06-01T12:00:00Z';
const dead: ReadStore = {
  get: async () => Promise.reject(new StoreError('unavailable', 'down')),
  getHead: async () => Promise.reject(new StoreError('unavailable', 'down')),
  close: async () => {},
};
const open = (bundle: string | ReadStore, more: Partial<OpenOptions> = {}): Promise<Terms> =>
  openTerms({ store: dead, bundle, follow: false, now: () => Date.parse(NOW), ...more });
const seats = (terms: Terms) => [terms.release.n, terms.freshness.source, terms.customer('acme')?.values.seats];

/** Every file below a folder and what it holds. */
function contentOf(folder: string): Record<string, string> {
  const content: Record<string, string> = {};
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    if (statSync(path).isFile()) content[relative(folder, path)] = readFileSync(path, 'base64');
  }
  return content;
}

describe('a bundle of releases nobody signs', () => {
  let root: string;
  let bundle: string;
  const run = (words: string, now = NOW) => runProviso(words.split(' '), { folder: root, now });
  const publishSeats = async (number: number, words = 'publish') => {
    writeFiles(root, {
      'plans/studio@1.yaml': tinyCompany['plans/studio@1.yaml'].replace('seats: 5', `seats: ${number}`),
    });
    commitAll(root);
    return run(words);
  };
  beforeEach(async () => {
    ({ root } = temporaryRepository({ '.gitignore': '.proviso/\nterms/\n', ...tinyCompany }));
    bundle = join(root, 'terms');
    await run('publish');
  });

  test('is what products start from while the store is down', async () => {
    const { exitCode, stdout } = await run('bundle terms');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /holds release 1 of local\/stable \(commit [0-9a-f]{12}, issued 2026-06-01T12:00:00\.000Z\)/,
    );
    expect(stdout).toMatch(/1 customer in \d objects of [\d,]+ bytes, verified; \d of them new/);
    expect(stdout).toContain('Nobody signs it, so readers never call it stale');
    const terms = await open(`file:${bundle}`);
    expect(seats(terms)).toEqual([1, 'bundle', 5]);
    await terms.close();
  });

  test('is the same for the same release, and grows by what is new alone', async () => {
    await run('bundle terms');
    const first = contentOf(bundle);
    await run('bundle terms');
    expect(contentOf(bundle)).toEqual(first);
    rmSync(bundle, { recursive: true });
    await run('bundle terms');
    expect(contentOf(bundle)).toEqual(first);

    await publishSeats(7);
    const { stdout } = await run('bundle terms --format json');
    const written = JSON.parse(stdout) as { holds: { objects: number }; added: { objects: number } };
    expect(written).toMatchObject({ release: 2, customers: 1, channel: 'stable' });
    expect(written).not.toHaveProperty('staleAfter');
    expect(written.added.objects).toBeLessThan(written.holds.objects);
    expect(seats(await open(`file:${bundle}`))).toEqual([2, 'bundle', 7]);
    expect(readdirSync(join(bundle, 'packs')).length).toBe(1);
  });

  test('holds no record of who asked for what', async () => {
    await run('bundle terms');
    const [store, kept] = [openFileStore(join(root, '.proviso/store')), openFileStore(bundle)];
    const at = await store.getHead('local', 'stable');
    const { payload } = decodeHead(at?.envelope ?? Buffer.of());
    const hashes: Record<'all' | 'terms', string[]> = { all: [], terms: [] };
    for (const extent of ['all', 'terms'] as const)
      for await (const hash of listObjects((wanted) => store.get(wanted), payload.root, extent))
        hashes[extent].push(hash);
    expect(hashes.all.length).toBeGreaterThan(hashes.terms.length);
    expect([...(await kept.get(hashes.all)).keys()].sort()).toEqual([...new Set(hashes.terms)].sort());
  });

  test('can be read from where nothing can be written', async () => {
    await run('bundle terms');
    const refuse = (): never => {
      throw Object.assign(new Error('EROFS'), { code: 'EROFS' });
    };
    const readOnly: Disk = {
      ...fs,
      writeSync: refuse,
      linkSync: refuse,
      renameSync: refuse,
      unlinkSync: refuse,
      mkdirSync: refuse,
      rmdirSync: refuse,
      utimesSync: refuse,
      fsyncSync: refuse,
      openSync: (path: string, flags: string) => (flags === 'r' ? fs.openSync(path, flags) : refuse()),
    };
    for (const load of ['whole', 'lazy'] as const) {
      const terms = await openTerms({
        store: dead,
        bundle: openFileStore(bundle, readOnly),
        follow: false,
        load: load as 'whole',
      });
      expect((await terms.customer('acme'))?.values.seats).toBe(5);
      expect(terms.freshness.source).toBe('bundle');
    }
  });

  test.skipIf(process.getuid?.() !== 0)('can be read by a user who may write nothing (run as root)', async () => {
    const folder = temporaryFolder();
    await runProviso(['bundle', folder], { folder: root, now: NOW });
    chmodSync(folder, 0o555);
    const script = `const fs = require('node:fs'), path = require('node:path');
      const read = (at) => fs.statSync(at).isDirectory() ? fs.readdirSync(at).forEach((name) => read(path.join(at, name))) : fs.readFileSync(at);
      read(${JSON.stringify(folder)});
      try { fs.writeFileSync(path.join(${JSON.stringify(folder)}, 'x'), ''); } catch (error) { console.log(error.code); }`;
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], {
      uid: 65_534,
      gid: 65_534,
      encoding: 'utf8',
    });
    expect([stdout, stderr]).toEqual(['EACCES\n', '']);
  });

  test('that is damaged is never served, and not gone on from', async () => {
    await run('bundle terms');
    const [name = ''] = readdirSync(join(bundle, 'packs'));
    const pack = join(bundle, 'packs', name);
    const whole = readFileSync(pack);
    let refused = 0;
    for (let at = 0; at < whole.length; at += Math.ceil(whole.length / 40)) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(pack, bytes);
      const opened = await open(`file:${bundle}`).catch((error: unknown) => error);
      if (opened instanceof Error) {
        refused += 1;
        expect(opened.message).toBe('down');
      } else expect(seats(opened as Terms)).toEqual([1, 'bundle', 5]);
    }
    expect(refused).toBeGreaterThan(20);
    const bytes = Buffer.from(whole);
    bytes[2] = (bytes[2] ?? 0) ^ 1;
    writeFileSync(pack, bytes);
    expect(await run('bundle terms')).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('remove it and make it again'),
    });
  });

  test('may hold a canary beside what everybody has', async () => {
    await run('bundle terms');
    expect(await publishSeats(9, 'publish --channel canary --readers eu-1')).toMatchObject({ exitCode: 0 });
    expect(await run('bundle terms --channel canary')).toMatchObject({ exitCode: 0 });
    expect(seats(await open(`file:${bundle}`, { reader: 'eu-1' }))).toEqual([1, 'bundle', 9]);
    expect(seats(await open(`file:${bundle}`, { reader: 'eu-2' }))).toEqual([1, 'bundle', 5]);
    expect(seats(await open(`file:${bundle}`))).toEqual([1, 'bundle', 5]);
  });

  test('never goes back in time', async () => {
    await publishSeats(7);
    await run('bundle terms');
    rmSync(join(root, '.proviso'), { recursive: true });
    await publishSeats(8);
    const { exitCode, stderr } = await run('bundle terms');
    expect([exitCode, stderr]).toEqual([
      0,
      expect.stringContaining('the bundle stays as it is: release 1 comes before'),
    ]);
    expect(seats(await open(`file:${bundle}`))).toEqual([2, 'bundle', 7]);
  });

  test.each<[string, string, RegExp]>([
    ['a folder that holds something else', 'bundle customers', /holds something else/],
    ['a file', 'bundle plans/studio@1.yaml', /cannot be read \(ENOTDIR\)/],
    ['a place where nothing is published', 'bundle terms --channel beta', /nothing is published for local\/beta yet/],
    ['an environment whose keys are not here', 'bundle terms --env production', /no keyset here/],
  ])('is refused for %s', async (_, words, message) => {
    expect(await run(words)).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(message) });
  });
});

describe('a bundle of signed releases', () => {
  test('is taken by who was given the first keyset, and by nobody with other keys', async () => {
    const { root, run, json, keys } = await signedCompany({ '.gitignore': '.proviso/\nterms/\n' });
    const first = keys.files['keys/1.json'] as Uint8Array;
    expect(await json('bundle terms')).toMatchObject({
      exitCode: 0,
      release: 1,
      epoch: 1,
      staleAfter: '2026-06-02T12:00:00.000Z',
    });
    expect((await run('bundle terms')).stdout).toContain('Readers call it stale after 2026-06-02T12:00:00.000Z');
    const reading = { environment: 'production', keys: first };
    const terms = await open(`file:${join(root, 'terms')}`, reading);
    expect([seats(terms), terms.freshness.state]).toEqual([[1, 'bundle', 6], 'unreachable']);
    const later = await open(`file:${join(root, 'terms')}`, {
      ...reading,
      now: () => Date.parse('2026-06-03T00:00:00Z'),
    });
    expect(later.freshness.state).toBe('stale');
    const other = await signedCompany();
    await expect(
      open(`file:${join(root, 'terms')}`, { ...reading, keys: other.keys.files['keys/1.json'] as Uint8Array }),
    ).rejects.toThrow('down');
  });

  test('is not made of a release that somebody else signed', async () => {
    const { root, run } = await signedCompany({ '.gitignore': '.proviso/\nterms/\n' });
    const other = await signedCompany();
    const file = join(root, '.proviso/production/heads/production/stable/1');
    const forged = await signHead(decodeHead(readFileSync(file)).payload, other.keys.signers);
    writeFileSync(file, forged.envelope);
    expect(await run('bundle terms')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/not signed by a head key[\s\S]*check the keys folder/),
    });
    expect(fs.existsSync(join(root, 'terms'))).toBe(false);
  });
});
