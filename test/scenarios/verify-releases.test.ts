import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ProofLine } from '../../engine/publish/proof-line.ts';
import { withSeats } from '../fixtures/verify/published-files.ts';
import { commitAll, git, temporaryFolder, writeFiles } from '../temporary-repository.ts';
import { short } from './company-in-git.ts';
import { type SignedCompany, signedCompany } from './signed-company.ts';

const resultsOf = ({ proofs }: Record<string, unknown>) =>
  Object.fromEntries((proofs as ProofLine[]).map(({ proof, result }) => [proof, result]));
const messageOf = ({ proofs }: Record<string, unknown>, wanted: ProofLine['proof']) =>
  (proofs as ProofLine[]).find(({ proof }) => proof === wanted)?.message;
const allOk = { signature: 'ok', history: 'ok', content: 'ok', objects: 'ok', approvals: 'ok' };

/** Of what is in force, and not of what was: the witness only knows the newest. */
const nowOk = { ...allOk, witness: 'ok' };

const packs = ({ root }: SignedCompany): string[] => {
  const folder = join(root, '.proviso/production/packs');
  return readdirSync(folder).map((name) => join(folder, name));
};

describe('verify', () => {
  it('proves store, git and approvals of what is in force and of what was', async () => {
    const company = await signedCompany();
    const commit = await company.publishSeats(60, '2026-06-02T12:00:00Z');
    const proven = await company.json('verify', '2026-06-02T13:00:00Z');
    expect(proven).toMatchObject({ exitCode: 0, release: 2, kind: 'publish', commit, diagnostics: [] });
    expect(resultsOf(proven)).toEqual(nowOk);
    expect(messageOf(proven, 'approvals')).toMatch(/^1 commit since [0-9a-f]{12}, approved as its evidence says$/);
    expect(resultsOf(await company.json('verify 1'))).toEqual(allOk);
    const { stdout, exitCode } = await company.run('verify', '2026-06-02T13:00:00Z');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      new RegExp(`^Release 2 \\(publish\\) of commit ${short(commit)}\\.\nproof .*\nsignature +ok `),
    );
  });

  it('proves a rollback and a refresh by what they go back to', async () => {
    const company = await signedCompany();
    await company.publishSeats(60, '2026-06-02T12:00:00Z');
    expect(await company.json('refresh', '2026-06-02T13:00:00Z')).toMatchObject({ exitCode: 0, release: 3 });
    expect(resultsOf(await company.json('verify', '2026-06-02T13:00:00Z'))).toEqual({ ...nowOk, origin: 'ok' });
    expect(await company.json('rollback --because=twice', '2026-06-02T14:00:00Z')).toMatchObject({
      exitCode: 0,
      release: 4,
    });
    expect(await company.json('refresh', '2026-06-02T15:00:00Z')).toMatchObject({ exitCode: 0, release: 5 });
    const proven = await company.json('verify', '2026-06-02T15:00:00Z');
    expect(resultsOf(proven)).toEqual({ ...nowOk, origin: 'ok' });
    expect(messageOf(proven, 'origin')).toBe('is release 4, refreshed');
    expect(messageOf(await company.json('verify 4'), 'origin')).toBe('brings back release 1');
  });

  it('finds approvals that are not what they were', async () => {
    const company = await signedCompany();
    await company.publishSeats(60, '2026-06-02T12:00:00Z');
    company.setApprovals([]);
    const gone = await company.json('verify', '2026-06-02T13:00:00Z');
    expect(gone.exitCode).toBe(1);
    expect(resultsOf(gone)).toEqual({ ...nowOk, approvals: 'failed' });
    expect(messageOf(gone, 'approvals')).toContain('it does not verify any more: commit');
    company.setApprovals([...company.approvals, { ...company.approvals[0], at: '2026-06-02T12:30:00Z', id: 1002 }]);
    // What is said after the release was made changes nothing about it.
    expect(resultsOf(await company.json('verify', '2026-06-02T13:00:00Z'))).toEqual(nowOk);
  });

  it('names what is damaged, and fails', async () => {
    const company = await signedCompany();
    const [pack = ''] = packs(company);
    const bytes = readFileSync(pack);
    const at = bytes.indexOf('"customer":"acme"');
    expect(at).toBeGreaterThan(0);
    bytes[at + 13] = 'b'.charCodeAt(0);
    writeFileSync(pack, bytes);
    const ran = await company.run('verify');
    expect(ran.exitCode).toBe(1);
    expect(ran.stdout).toMatch(/\nobjects +failed +1 object of \d+ missing or damaged\n/);
    expect(ran.stdout).toMatch(/\n {2}([0-9a-f]{64}) {2}object \1 is damaged: its content has another hash\n$/);
  });

  it('finds a head that was edited, in the middle and at the end', async () => {
    const company = await signedCompany();
    for (const seats of [7, 8]) await company.publishSeats(seats, '2026-06-02T12:00:00Z');
    for (const [seq, results] of [
      [2, { signature: 'ok', history: 'failed' }],
      [3, { signature: 'failed', history: 'failed' }],
    ] as const) {
      const file = join(company.root, '.proviso/production/heads/production/stable', String(seq));
      const text = readFileSync(file, 'utf8');
      const envelope = JSON.parse(text) as { payload: string };
      const payload = JSON.parse(Buffer.from(envelope.payload, 'base64').toString()) as object;
      const edited = Buffer.from(JSON.stringify({ ...payload, staleAfter: '2099-01-01T00:00:00.000Z' }));
      writeFileSync(file, JSON.stringify({ ...envelope, payload: edited.toString('base64') }));
      const proven = await company.json('verify');
      expect(proven.exitCode).toBe(1);
      expect(resultsOf(proven)).toMatchObject(results);
      writeFileSync(file, text);
    }
    expect(await company.json('verify', '2026-06-02T12:00:00Z')).toMatchObject({ exitCode: 0 });
  });

  it('says what it cannot prove in a clone that lacks the commits, and that nobody signs', async () => {
    const company = await signedCompany();
    await company.publishSeats(7, '2026-06-02T12:00:00Z');
    const clone = temporaryFolder();
    git(clone, 'clone', '--quiet', '--depth', '1', `file://${company.root}`, '.');
    git(company.root, 'commit', '--quiet', '--allow-empty', '--message', 'later');
    const store = `file:${join(company.root, '.proviso/production')}`;
    const { runProviso } = await import('../run-proviso.ts');
    const ran = await runProviso(['verify', '--env', 'production', '--store', store, '--format', 'json'], {
      folder: clone,
      now: '2026-06-02T13:00:00Z',
    });
    expect(ran.exitCode).toBe(0);
    expect(resultsOf(JSON.parse(ran.stdout))).toEqual({ ...nowOk, approvals: 'unprovable' });
    await runProviso(['publish'], { folder: company.root });
    const local = await runProviso(['verify', '--format', 'json'], { folder: company.root });
    expect(resultsOf(JSON.parse(local.stdout))).toEqual({ ...allOk, signature: 'unprovable', approvals: 'unprovable' });
  });

  it('refuses what is no release', async () => {
    const company = await signedCompany();
    expect(await company.run('verify 7')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('there is no release 7'),
    });
    expect(await company.run('verify first')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('is not the number of a release'),
    });
    expect(await company.run('verify --channel beta')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('nothing is published for production/beta yet'),
    });
  });
});

describe('refresh', () => {
  it('makes what is in force fresh, under the same keys', async () => {
    const { run, json } = await signedCompany();
    expect(await run('refresh --dry-run', '2026-06-03T12:00:00Z')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(
        /^Nothing was written\. It would be release 2: still commit [0-9a-f]{12}, fresh until 2026-06-04T12:00:00\.000Z\.\n$/,
      ),
    });
    expect((await run('status', '2026-06-03T12:00:00Z')).stdout).toContain(', stale.');
    expect(await run('refresh', '2026-06-03T12:00:00Z')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^Release 2: still commit/),
    });
    expect((await run('status', '2026-06-03T12:30:00Z')).stdout).not.toContain('stale');
    expect(await json('get acme seats')).toMatchObject({ value: 6, release: 2 });
    expect(await run('refresh', '2026-06-03T13:00:00Z', {})).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('there is no key to sign with'),
    });
  });

  it('says that there is no key before it writes anything', async () => {
    const { root, run, keys } = await signedCompany();
    writeFiles(root, { 'customers/acme.yaml': withSeats(7) });
    commitAll(root);
    expect(await run('publish', '2026-06-03T13:00:00Z', {})).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('there is no key to sign with'),
    });
    const { stdout } = await run('publish', '2026-06-03T13:00:00Z', keys.variables);
    expect(stdout).not.toContain('Wrote 0 objects');
  });

  it('says that there is nothing to refresh', async () => {
    const { run } = await signedCompany();
    expect(await run('refresh --channel beta')).toMatchObject({
      exitCode: 1,
      stderr: 'proviso: nothing has been published here yet\n  help: publish first: `proviso publish`\n',
    });
  });
});
