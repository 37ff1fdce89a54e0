import { chmodSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../runtime/snapshot/object.ts';
import { type Ran, runProviso } from '../run-proviso.ts';
import { commitAll, git, temporaryFolder, writeFiles } from '../temporary-repository.ts';
import { tinyRepository } from './company-in-git.ts';
import { disk } from './sample-company.ts';

const ID = /^[0-9a-f]{64}$/;

interface Made {
  keyset: string;
  threshold: number;
  roots: { id: string; file: string }[];
  heads: { id: string; file: string }[];
  droppedHeads: string[];
  droppedRoots: string[];
}

type Variables = Record<string, string>;

const keys = (folder: string, words: readonly string[], variables: Variables = {}, now = '2026-06-01T12:00:00Z') =>
  runProviso(['keys', ...words], { folder, variables, now });

async function made(folder: string, words: readonly string[], variables?: Variables, now?: string): Promise<Made> {
  const { exitCode, stdout, stderr } = await keys(folder, [...words, '--format', 'json'], variables, now);
  expect([exitCode, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Made;
}

/** A repository with keys, and where their private halves are. */
async function withKeys(...more: string[]): Promise<{ root: string; out: string; first: Made }> {
  const { root } = tinyRepository();
  const out = join(temporaryFolder(), 'keys');
  return { root, out, first: await made(root, ['init', '--repo', 'acme/terms', '--out', out, ...more]) };
}

const fileOf = (key: { file: string } | undefined): string => key?.file ?? '';
const says = ({ exitCode, stdout, stderr }: Ran) => [exitCode, stdout, stderr.split('\n')[0]];

describe('proviso keys init', () => {
  it('makes two root keys, either of which is enough, and a head key, for the owner alone', async () => {
    const { root, out, first } = await withKeys();
    expect(first).toEqual({
      repo: 'acme/terms',
      version: 1,
      keyset: expect.stringMatching(ID),
      path: 'keys/1.json',
      expires: '2027-06-02T00:00:00.000Z',
      threshold: 1,
      roots: [0, 1].map(() => ({
        id: expect.stringMatching(ID),
        file: expect.stringMatching(/root-[0-9a-f]{12}\.pem$/),
      })),
      heads: [{ id: expect.stringMatching(ID), file: expect.stringMatching(/head-[0-9a-f]{12}\.pem$/) }],
      diagnostics: [],
    });
    for (const { file } of [...first.roots, ...first.heads]) {
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(readFileSync(file, 'utf8')).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    }
    expect(statSync(out).mode & 0o777).toBe(0o700);
    expect(sha256(readFileSync(join(root, 'keys/1.json')))).toBe(first.keyset);
  });

  it('says what to do with each file, and shows no key', async () => {
    const { root } = tinyRepository();
    git(root, 'remote', 'add', 'origin', 'git@github.com:acme/terms.git');
    const out = join(temporaryFolder(), 'my keys');
    const { exitCode, stdout } = await keys(root, ['init', '--out', out, '--roots', '3', '--threshold', '2']);
    expect(exitCode).toBe(0);
    for (const name of readdirSync(out)) {
      expect(stdout).toContain(join(out, name));
      const [, secret = ''] = readFileSync(join(out, name), 'utf8').split('\n');
      expect(secret.length).toBeGreaterThan(40);
      expect(stdout).not.toContain(secret);
      for (const text of Object.values(disk(root))) expect(text).not.toContain(secret);
    }
    expect(stdout).toContain('3 root keys, of which 2 are enough');
    expect(stdout).toMatch(/gh secret set PROVISO_HEAD_KEY --env production < '.*my keys\/head-[0-9a-f]{12}\.pem'/);
    expect(stdout).toContain('git add keys/1.json');
    expect(stdout).toContain("keys: 'keys/1.json'");
  });

  it.each([
    [
      'a repository that has no name',
      ['--out', '/nowhere'],
      'this repository has no name yet, and keys are made for one',
    ],
    ['a name that is none', ['--out', '/nowhere', '--repo', 'acme'], '"acme" is not the name of a repository'],
    [
      'a makeshift name',
      ['--out', '/nowhere', '--repo', 'local/abc'],
      'this repository has no name yet, and keys are made for one',
    ],
    [
      'a folder of the repository',
      ['--repo', 'a/b', '--out', 'secret'],
      'the folder for private keys lies in the repository, and they may never get into it',
    ],
    [
      "git's own folder",
      ['--repo', 'a/b', '--out', '.git/secret'],
      'the folder for private keys lies in the repository, and they may never get into it',
    ],
    [
      'more needed than there are',
      ['--repo', 'a/b', '--out', '/nowhere', '--threshold', '3'],
      '--threshold is a whole number from 1 to 2, not "3"',
    ],
    [
      'a day that is over',
      ['--repo', 'a/b', '--out', '/nowhere', '--expires', '2026-05-31'],
      '--expires 2026-05-31 is over already',
    ],
    [
      'a day there is not',
      ['--repo', 'a/b', '--out', '/nowhere', '--expires', '2027-02-30'],
      '--expires is a day like 2027-06-30, the last one the keys count, not "2027-02-30"',
    ],
  ])('refuses %s, and writes nothing', async (_, words, message) => {
    const { root } = tinyRepository();
    const before = disk(root);
    expect(says(await keys(root, ['init', ...words]))).toEqual([2, '', `proviso: ${message}`]);
    expect(disk(root)).toEqual(before);
  });

  it('sees through a link that leads into the repository, and into another work tree of it', async () => {
    const { root } = tinyRepository();
    const outside = temporaryFolder();
    symlinkSync(root, join(outside, 'link'));
    git(root, 'worktree', 'add', '--quiet', join(outside, 'tree'));
    for (const way of ['link/keys', 'tree/keys']) {
      const { exitCode, stderr } = await keys(root, ['init', '--repo', 'a/b', '--out', join(outside, way)]);
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining('lies in the repository')]);
    }
    expect(readdirSync(root)).not.toContain('keys');
  });

  it('writes over nothing, and leaves no private key where the public ones cannot be written', async () => {
    const { root, out } = await withKeys();
    const before = { ...disk(root), ...disk(out) };
    expect(says(await keys(root, ['init', '--repo', 'acme/terms', '--out', out]))).toEqual([
      2,
      '',
      'proviso: this repository has keys already: its keys folder holds them',
    ]);
    expect({ ...disk(root), ...disk(out) }).toEqual(before);

    const other = tinyRepository();
    symlinkSync(join(other.root, 'nowhere', 'at', 'all'), join(other.root, 'keys'));
    const fresh = join(temporaryFolder(), 'fresh');
    const { exitCode, stderr } = await keys(other.root, ['init', '--repo', 'acme/terms', '--out', fresh]);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('nothing was written')]);
    expect(readdirSync(fresh)).toEqual([]);
  });
});

describe('proviso keys rotate', () => {
  it('replaces the head key: old ones count no longer', async () => {
    const { root, out, first } = await withKeys();
    const second = await made(root, ['rotate', '--root-key', fileOf(first.roots[1]), '--out', out]);
    expect(second).toMatchObject({ version: 2, path: 'keys/2.json', droppedHeads: [first.heads[0]?.id], roots: [] });
    expect(second.heads).toHaveLength(1);
    expect(second.heads[0]?.id).not.toBe(first.heads[0]?.id);
    expect(statSync(fileOf(second.heads[0])).mode & 0o777).toBe(0o600);
    const shown = await keys(root, ['show', '--format', 'json'], { PROVISO_HEAD_KEY_FILE: fileOf(first.heads[0]) });
    expect(JSON.parse(shown.stdout)).toMatchObject({
      keysets: [
        { version: 1, inForce: false },
        { version: 2, inForce: true, heads: [second.heads[0]?.id], daysLeft: 365 },
      ],
      headKey: { id: first.heads[0]?.id, keyset: 1, signs: false },
    });
  });

  it('keeps a head key for an overlap, and drops it the next time', async () => {
    const { root, out, first } = await withKeys();
    const rotate = ['rotate', '--root-key', fileOf(first.roots[0]), '--out', out];
    const old = first.heads[0]?.id ?? '';
    expect(await made(root, [...rotate, '--keep', old.slice(0, 12)])).toMatchObject({ droppedHeads: [] });
    expect(await made(root, ['show'], { PROVISO_HEAD_KEY_FILE: fileOf(first.heads[0]) })).toMatchObject({
      headKey: { keyset: 2, signs: true },
    });
    expect((await made(root, rotate)).droppedHeads).toHaveLength(2);
  });

  it('only renews: the same keys count longer, and no private key is made', async () => {
    const { root, out, first } = await withKeys();
    const before = disk(out);
    const renewed = await made(root, [
      'rotate',
      '--root-key',
      fileOf(first.roots[0]),
      '--renew',
      '--expires',
      '2028-01-31',
    ]);
    expect(renewed).toMatchObject({ expires: '2028-02-01T00:00:00.000Z', heads: [], roots: [], droppedHeads: [] });
    expect(disk(out)).toEqual(before);
  });

  it('replaces a root key that was lost, and the dropped one can do nothing more', async () => {
    const { root, out, first } = await withKeys();
    const [lost, kept] = first.roots;
    const next = await made(root, [
      'rotate',
      '--root-key',
      fileOf(kept),
      '--out',
      out,
      '--renew',
      '--new-root',
      '--drop-root',
      lost?.id.slice(0, 8) ?? '',
    ]);
    expect(next).toMatchObject({ droppedRoots: [lost?.id], roots: [{ id: expect.stringMatching(ID) }] });
    expect(says(await keys(root, ['rotate', '--root-key', fileOf(lost), '--renew']))).toEqual([
      2,
      '',
      `proviso: key ${lost?.id.slice(0, 12)} is no root key of keyset 2`,
    ]);
    expect(await made(root, ['rotate', '--root-key', fileOf(next.roots[0]), '--renew'])).toMatchObject({ version: 3 });
  });

  it('takes root keys from the environment, and needs as many as the keyset says', async () => {
    const { root, first } = await withKeys('--roots', '3', '--threshold', '2');
    const [one, two] = first.roots;
    expect(says(await keys(root, ['rotate', '--renew'], { PROVISO_ROOT_KEY_FILE: fileOf(one) }))).toEqual([
      2,
      '',
      'proviso: keyset 1 takes 2 root keys to sign, and here is 1',
    ]);
    const variables = { PROVISO_ROOT_KEY_FILE: fileOf(one), PROVISO_ROOT_KEY: readFileSync(fileOf(two), 'utf8') };
    expect(await made(root, ['rotate', '--renew', '--threshold', '1'], variables)).toMatchObject({
      version: 2,
      threshold: 1,
    });
    expect(await made(root, ['rotate', '--renew', '--root-key', fileOf(one)])).toMatchObject({ version: 3 });
  });

  it.each([
    ['without a root key', ['--renew'], 'only a root key can replace keys, and none was given'],
    [
      'a new key without a place for it',
      ['--root-key', 'ROOT'],
      '--out <folder> is needed: a private key is written there',
    ],
    [
      'a head key to keep that there is not',
      ['--root-key', 'ROOT', '--out', 'OUT', '--keep', 'abcdef0123'],
      'keyset 1 has no head key abcdef0123',
    ],
    [
      'a threshold nobody could reach',
      ['--root-key', 'ROOT', '--renew', '--threshold', '3'],
      '3 root keys would be needed and there would be 2',
    ],
    [
      'what says two things',
      ['--root-key', 'ROOT', '--renew', '--keep', 'abcdef0123'],
      '--renew keeps every head key, and --keep says which',
    ],
  ])('refuses %s, and writes nothing', async (_, words, message) => {
    const { root, out, first } = await withKeys();
    const before = { ...disk(root), ...disk(out) };
    const given = words.map((word) => (word === 'ROOT' ? fileOf(first.roots[0]) : word === 'OUT' ? out : word));
    expect(says(await keys(root, ['rotate', ...given]))).toEqual([2, '', `proviso: ${message}`]);
    expect({ ...disk(root), ...disk(out) }).toEqual(before);
  });

  it('takes no file that others may read, and never says what is in one', async () => {
    const { root, first } = await withKeys();
    const file = fileOf(first.roots[0]);
    chmodSync(file, 0o644);
    expect((await keys(root, ['rotate', '--root-key', file, '--renew'])).stderr).toContain(`chmod 600 ${file}`);
    const broken = join(temporaryFolder(), 'broken.pem');
    writeFileSync(broken, readFileSync(file, 'utf8').replace('MC4', 'MC5'), { mode: 0o600 });
    const { exitCode, stdout, stderr } = await keys(root, ['rotate', '--root-key', broken, '--renew']);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).not.toContain(readFileSync(broken, 'utf8').split('\n')[1]);
  });
});

describe('proviso keys show', () => {
  it('tells until when, what signs, and whether the key at hand is one of them', async () => {
    const { root, first } = await withKeys();
    const [head = ''] = first.heads.map(({ id }) => id.slice(0, 12));
    const without = await keys(root, ['show']);
    expect(without.stdout).toMatch(
      new RegExp(
        `^Keys for the releases of acme/terms\n\nkeyset .*\n1 \\(in force\\) +2027-06-01 +365 days +${head} +1 of [0-9a-f]{12} and [0-9a-f]{12}\n\nNo head key`,
      ),
    );
    expect((await keys(root, ['show'], {}, '2027-06-02T00:00:01Z')).stdout).toContain('ended');
    const secret = readFileSync(fileOf(first.heads[0]), 'utf8');
    const matching = await keys(root, ['show'], { PROVISO_HEAD_KEY: secret });
    expect(matching.stdout).toContain(`PROVISO_HEAD_KEY is head key ${head}: it signs releases.`);
    expect(matching.stdout).not.toContain(secret.split('\n')[1]);
    const rootKey = await keys(root, ['show'], { PROVISO_HEAD_KEY_FILE: fileOf(first.roots[0]) });
    expect(rootKey.stdout).toContain('which is in no keyset: nothing can be signed with it');
  });

  it('has nothing to show where there are none, and refuses a keyset somebody changed', async () => {
    const { root } = tinyRepository();
    expect(says(await keys(root, ['show']))).toEqual([2, '', 'proviso: this repository has no keys yet']);
    const other = await withKeys();
    const envelope = JSON.parse(readFileSync(join(other.root, 'keys/1.json'), 'utf8')) as { payload: string };
    const longer = Buffer.from(envelope.payload, 'base64').toString().replace('2027-06-02', '2099-06-02');
    writeFiles(other.root, {
      'keys/1.json': JSON.stringify({ ...envelope, payload: Buffer.from(longer).toString('base64') }),
    });
    expect(says(await keys(other.root, ['show']))[2]).toMatch(/^proviso: keys\/1\.json is not a keyset to trust: /);
  });
});

describe('releases signed with these keys', () => {
  it('are published, read with keys/1.json, and go on after the keys were replaced', async () => {
    const { root, out, first } = await withKeys();
    writeFiles(root, { 'policies/publish.yaml': 'language: 1\nenvironments: { production: { verify: none } }\n' });
    commitAll(root);
    const variables = (made: Made) => ({ PROVISO_HEAD_KEY: readFileSync(fileOf(made.heads[0]), 'utf8') });
    const run = (argv: string[], given?: Variables) =>
      runProviso([...argv, '--env', 'production', '--format', 'json'], { folder: root, variables: given ?? {} });
    expect(JSON.parse((await run(['publish'], variables(first))).stdout)).toMatchObject({
      outcome: 'published',
      release: 1,
    });
    const second = await made(root, ['rotate', '--root-key', fileOf(first.roots[0]), '--out', out]);
    commitAll(root);
    const old = await run(['publish'], variables(first));
    expect([old.exitCode, old.stderr]).toEqual([2, expect.stringContaining('which is no head key of keyset 2')]);
    expect(JSON.parse((await run(['publish'], variables(second))).stdout)).toMatchObject({
      outcome: 'published',
      release: 2,
    });
    expect(JSON.parse((await run(['get', 'acme', 'seats'])).stdout)).toMatchObject({ value: 5 });
  });
});
