import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBeside } from '../../engine/publish/read-beside.ts';
import { plain } from '../../engine/report/plain.ts';
import { openStore } from '../../runtime/stores/registry.ts';
import { runProviso } from '../run-proviso.ts';
import { commitAll, git, writeFiles } from '../temporary-repository.ts';
import { edit, short, tinyRepository } from './company-in-git.ts';
import { json, run } from './sample-company.ts';
import { tinyCompany } from './tiny-company.ts';

const PLAN = 'plans/studio@1.yaml';
const withSeats = (seats: number) => ({ [PLAN]: tinyCompany[PLAN].replace('seats: 5', `seats: ${seats}`) });
const NOW = '2026-11-20T10:00:00.000Z';
const hash = expect.stringMatching(/^[0-9a-f]{64}$/);
const seatsOf = async (root: string, ...argv: string[]) => (await json(root, 'get', 'acme', 'seats', ...argv)).value;

/** Publishes one commit after the other, with other seats in each. */
async function publishSeats(root: string, ...counts: number[]): Promise<string[]> {
  const commits: string[] = [];
  for (const seats of counts) {
    commits.push(edit(root, withSeats(seats)));
    expect(await json(root, 'publish')).toMatchObject({ exitCode: 0, outcome: 'published' });
  }
  return commits;
}

describe('publish', () => {
  it('puts HEAD in force, once however often it is asked', async () => {
    const { root, commit } = tinyRepository();
    const first = await json(root, 'publish');
    expect(first).toEqual({
      exitCode: 0,
      release: 1,
      root: hash,
      commit,
      customers: 1,
      written: { objects: 6, bytes: expect.any(Number) },
      outcome: 'published',
      pending: [],
      diagnostics: [],
    });
    expect(await json(root, 'publish')).toEqual({
      ...first,
      outcome: 'unchanged',
      written: { objects: 0, bytes: 0 },
    });
    expect(await run(root, 'publish')).toEqual({
      exitCode: 0,
      stdout: 'Nothing to do: release 1 is this commit already.\n',
      stderr: '',
    });
  });

  it('writes only what a change touches', async () => {
    const others = Object.fromEntries(
      Array.from({ length: 300 }, (_, n) => [`customers/other-${n}.yaml`, `name: Other ${n}\nplan: studio@1\n`]),
    );
    const { root } = tinyRepository(others);
    expect(await json(root, 'publish')).toMatchObject({ customers: 301 });
    edit(root, { 'customers/acme.yaml': 'name: Acme\nplan: studio@1\nbilling: { method: card }\n' });
    const { written, customers } = await json(root, 'publish');
    expect([customers, (written as { objects: number }).objects]).toEqual([301, 4]);
  });

  it('says what is new', async () => {
    const { root } = tinyRepository();
    await publishSeats(root, 5);
    const commit = edit(root, withSeats(6));
    const { exitCode, stdout, stderr } = await run(root, 'publish');
    expect([exitCode, stderr]).toEqual([0, '']);
    const sentence = `^Release 2: 1 customer, commit ${short(commit)}, root [0-9a-f]{16}\\. Wrote \\d objects, \\d+ bytes\\.\n$`;
    expect(stdout).toMatch(new RegExp(sentence));
    expect(await seatsOf(root)).toBe(6);
  });

  it('shows edits that are not committed, and does not publish them', async () => {
    const { root, commit } = tinyRepository();
    writeFiles(root, {
      ...withSeats(4),
      'customers/new.yaml': 'name: New\nplan: studio@1\n',
      'notes.txt': 'not terms',
    });
    const { exitCode, stdout, stderr } = await run(root, 'publish');
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining(`Release 1: 1 customer, commit ${short(commit)},`)]);
    expect(stderr).toMatch(/^Not published, because not committed: customers\/new\.yaml and plans\/studio@1\.yaml\n\n/);
    expect(stderr).toContain('seats 5 → 4: 1 customer\n');
    expect(await json(root, 'publish')).toMatchObject({
      outcome: 'unchanged',
      pending: ['customers/new.yaml', 'plans/studio@1.yaml'],
    });
    expect(await seatsOf(root)).toBe(5);
  });

  it('publishes a commit, whatever lies in the folder', async () => {
    const { root, commit } = tinyRepository();
    edit(root, withSeats(6));
    writeFiles(root, { [PLAN]: 'not: [a plan' });
    expect(await json(root, 'publish', '--commit', commit)).toMatchObject({ exitCode: 0, commit, pending: [PLAN] });
    expect(await seatsOf(root)).toBe(5);
  });

  it('leaves a newer commit in force', async () => {
    const { root, commit } = tinyRepository();
    const [newer = ''] = await publishSeats(root, 6);
    expect(await json(root, 'publish', '--commit', commit)).toEqual({
      exitCode: 0,
      outcome: 'superseded',
      release: 1,
      commit: newer,
      pending: [],
      diagnostics: [],
    });
    expect(await run(root, 'publish', '--commit', commit)).toMatchObject({
      exitCode: 0,
      stdout: `Nothing to do: release 1 holds the newer commit ${short(newer)}.\n`,
    });
  });

  it('keeps environments and channels apart', async () => {
    const staging = 'language: 1\nenvironments: { local: {}, staging: { signed: false } }\n';
    const { root } = tinyRepository({ 'policies/publish.yaml': staging });
    await publishSeats(root, 6);
    edit(root, withSeats(7));
    expect(await json(root, 'publish', '--channel', 'beta')).toMatchObject({ release: 1 });
    expect(await json(root, 'publish', '--env', 'staging')).toMatchObject({ release: 1 });
    expect(await seatsOf(root)).toBe(6);
    expect(await seatsOf(root, '--channel', 'beta')).toBe(7);
    expect(await seatsOf(root, '--env', 'staging')).toBe(7);
  });

  it('lets a customer go who was published as closed', async () => {
    const bolt = 'name: Bolt\nplan: studio@1\n';
    const closed = 'statuses: [{ stage: closed, since: 2026-11-01, because: they left }]\n';
    const { root } = tinyRepository({ 'customers/bolt.yaml': bolt });
    expect(await json(root, 'publish')).toMatchObject({ customers: 2 });
    edit(root, { 'customers/bolt.yaml': bolt + closed });
    expect(await json(root, 'publish')).toMatchObject({ customers: 2 });
    expect(await json(root, 'get', 'bolt')).toMatchObject({ stage: 'closed' });
    rmSync(join(root, 'customers/bolt.yaml'));
    commitAll(root);
    expect(await json(root, 'publish')).toMatchObject({ exitCode: 0, release: 3, customers: 1 });
    expect((await run(root, 'get', 'bolt')).stderr).toContain('release 3 has no customer bolt\n');
  });
});

describe('status', () => {
  it('tells for whom git says something else than the store', async () => {
    const { root } = tinyRepository({ 'customers/pro.yaml': 'name: Pro\nplan: studio@1\nquantities: {}\n' });
    const [first = ''] = await publishSeats(root, 5);
    const inForce = {
      exitCode: 0,
      release: 1,
      root: hash,
      commit: first,
      kind: 'publish',
      issuedAt: NOW,
      staleAfter: '2026-11-21T10:00:00.000Z',
      age: 0,
      stale: false,
      diagnostics: [],
    };
    expect(await json(root, 'status')).toEqual({ ...inForce, drift: false, changed: [], comparedWith: first });
    expect((await run(root, 'status')).stdout).toBe(
      `Release 1 (publish) of commit ${short(first)}, issued ${NOW}.\n` +
        `No drift: the store holds what commit ${short(first)} says.\n`,
    );

    const second = edit(root, { 'customers/acme.yaml': 'name: Acme\nplan: studio@1\nbilling: { method: card }\n' });
    expect(await json(root, 'status')).toEqual({ ...inForce, drift: true, changed: ['acme'], comparedWith: second });
    expect((await run(root, 'status')).stdout).toBe(
      `Release 1 (publish) of commit ${short(first)}, issued ${NOW}.\n` +
        `Drift: commit ${short(second)} says something else for 1 customer: acme.\n`,
    );
    expect(await json(root, 'status', '--commit', first)).toMatchObject({ drift: false });

    await json(root, 'publish');
    expect(await json(root, 'status')).toMatchObject({ release: 2, commit: second, drift: false, changed: [] });
  });

  it('sees a change of rules that reaches nobody, and a release nobody has refreshed', async () => {
    const { root } = tinyRepository();
    await publishSeats(root, 5);
    edit(root, { 'plans/team@1.yaml': tinyCompany[PLAN].replace('Studio', 'Team') });
    expect(await json(root, 'status')).toMatchObject({ drift: true, changed: [] });
    const { stdout } = await run(root, 'status', '--at', '2026-12-24');
    expect(stdout).toContain(`issued ${NOW}, stale.\n`);
    expect(stdout).toContain('says something else for no customer, but for plans or rules.\n');
  });

  it.each([
    ['status', 'nothing is published for local/stable yet', 'publish first: `proviso publish`'],
    ['get acme', 'nothing is published for local/stable yet', 'publish first: `proviso publish`'],
    ['rollback', 'there is no earlier release to bring back', '`proviso history` lists the releases'],
  ])('before the first release: %s', async (words, message, help) => {
    const { root } = tinyRepository();
    const ran = await run(root, ...words.split(' '));
    expect(ran).toEqual({ exitCode: 2, stdout: '', stderr: `proviso: ${message}\n  help: ${help}\n` });
    expect(await run(root, 'history')).toMatchObject({
      exitCode: 0,
      stdout: 'Nothing is published for local/stable yet.\n',
    });
  });
});

describe('history and rollback', () => {
  it('bring the release before back, and hold until a commit builds on what was rolled back', async () => {
    const { root } = tinyRepository();
    const [one = '', two = ''] = await publishSeats(root, 5, 4);
    expect((await run(root, 'rollback')).stdout).toBe(
      `Release 3 brings back release 1, commit ${short(one)}.\n` +
        `Publishing is held until a commit builds on ${short(two)}.\n`,
    );
    expect(await seatsOf(root)).toBe(5);
    expect((await run(root, 'status')).stdout).toBe(
      `Release 3 (rollback) of commit ${short(one)}, issued ${NOW}.\n` +
        `Drift: commit ${short(two)} says something else for 1 customer: acme.\n` +
        `Publishing is held until a commit builds on ${short(two)}.\n`,
    );

    const held = { exitCode: 0, outcome: 'held', release: 3, hold: two, pending: [], diagnostics: [] };
    expect(await json(root, 'publish')).toEqual(held);
    expect((await run(root, 'publish')).stdout).toBe(
      `Held: release 3 is a rollback. The next commit that builds on ${short(two)} will be published.\n`,
    );
    expect(await seatsOf(root)).toBe(5);

    const three = edit(root, withSeats(9));
    expect(await json(root, 'publish')).toMatchObject({ outcome: 'published', release: 4, commit: three });
    expect(await seatsOf(root)).toBe(9);
    const { releases, ...rest } = await json(root, 'history');
    expect(rest).toEqual({ exitCode: 0, diagnostics: [] });
    const entry = { root: hash, customers: 1, issuedAt: NOW, evidence: 'none' };
    expect(releases).toEqual([
      { ...entry, release: 4, kind: 'publish', commit: three },
      { ...entry, release: 3, kind: 'rollback', commit: one, releaseHold: two },
      { ...entry, release: 2, kind: 'publish', commit: two },
      { ...entry, release: 1, kind: 'publish', commit: one },
    ]);
    const [, , , first] = releases as { root: string }[];
    expect((await run(root, 'history', '--limit', '1')).stdout).not.toContain(short(one));
    expect((await run(root, 'history')).stdout).toMatch(
      new RegExp(
        `^release  kind      commit        customers  issued.*\n(.*\n){3} +1  publish   ${short(one)} +1  ${NOW}  ${first?.root.slice(0, 16)}  none\n$`,
      ),
    );
  });

  it('go further back when asked again, never forth to what was taken back', async () => {
    const { root } = tinyRepository();
    await publishSeats(root, 5, 6, 7);
    expect(await json(root, 'rollback')).toMatchObject({ release: 4 });
    expect(await seatsOf(root)).toBe(6);
    expect(await json(root, 'rollback')).toMatchObject({ release: 5 });
    expect(await seatsOf(root)).toBe(5);
    expect(await run(root, 'rollback')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('there is no earlier release'),
    });
  });

  it('go back to what was in force, be it a rollback', async () => {
    const { root } = tinyRepository();
    await publishSeats(root, 5, 6);
    await json(root, 'rollback');
    await publishSeats(root, 8);
    expect((await run(root, 'rollback')).stdout).toContain('Release 5 brings back release 3,');
    expect(await seatsOf(root)).toBe(5);
  });

  it('bring any release back by its number', async () => {
    const { root } = tinyRepository();
    const [one, , three] = await publishSeats(root, 5, 6, 7);
    expect(await json(root, 'rollback', '1')).toEqual({
      exitCode: 0,
      outcome: 'published',
      release: 4,
      root: hash,
      commit: one,
      customers: 1,
      written: { objects: 0, bytes: 0 },
      hold: three,
      diagnostics: [],
    });
    expect(await json(root, 'rollback', '--to', '2')).toMatchObject({ release: 5, hold: three });
    expect(await seatsOf(root)).toBe(6);
    expect((await run(root, 'rollback', '5')).stdout).toBe('Nothing to do: release 5 is in force.\n');
    expect(await run(root, 'rollback', '9')).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'proviso: there is no release 9; the newest is 5\n  help: `proviso history` lists the releases\n',
    });
    for (const number of ['0', 'two', '1.5'])
      expect(await run(root, 'rollback', '--to', number)).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining(`"${number}" is not the number of a release`),
      });
  });

  it('keep why, and who asked for it, with the release', async () => {
    const { root } = tinyRepository();
    const [one = '', two = ''] = await publishSeats(root, 5, 4);
    const because = ' seats were \u001b[31mcounted twice ';
    const by = { variables: { GITHUB_ACTOR: 'kim' } };
    expect((await runProviso(['rollback', '--because', because], { folder: root, ...by })).stdout).toBe(
      `Release 3 brings back release 1, commit ${short(one)}.\n` +
        `Because: ${plain(because.trim())} (kim)\n` +
        `Publishing is held until a commit builds on ${short(two)}.\n`,
    );
    expect(await json(root, 'rollback', '2', '--because=they were not')).toMatchObject({
      release: 4,
      because: 'they were not',
      written: { objects: 1 },
    });
    const { releases } = await json(root, 'history');
    expect(releases).toMatchObject([{ evidence: hash }, { evidence: hash }, { evidence: 'none' }, {}]);
    const [{ evidence: last }, { evidence: first }] = releases as [{ evidence: string }, { evidence: string }];
    const store = await openStore('file:./.proviso/store', root);
    expect([await readBeside(store, last), await readBeside(store, first)]).toEqual([
      { v: 1, kind: 'rollback', to: 2, because: 'they were not' },
      { v: 1, kind: 'rollback', to: 1, because: because.trim(), by: 'kim' },
    ]);
    await store.close();
    for (const said of ['', ' - ', 'x'.repeat(1_001)])
      expect(await run(root, 'rollback', `--because=${said}`)).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining('--because'),
      });
  });

  it('hold a commit that only reverts beside what was rolled back', async () => {
    const { root } = tinyRepository();
    const [one = ''] = await publishSeats(root, 5, 4);
    await json(root, 'rollback');
    git(root, 'switch', '--quiet', '--create', 'fix', one);
    edit(root, withSeats(9));
    expect(await json(root, 'publish')).toMatchObject({ exitCode: 1, outcome: 'refused', reason: 'diverged' });
    git(root, 'switch', '--quiet', 'main');
    git(root, 'merge', '--quiet', '--strategy=ours', '--message=merge', 'fix');
    expect(await json(root, 'publish')).toMatchObject({ exitCode: 0, outcome: 'published', release: 4 });
  });
});
