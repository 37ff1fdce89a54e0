import { describe, expect, it } from 'vitest';
import type { ProofLine } from '../../engine/publish/proof-line.ts';
import { openTerms } from '../../runtime/index.ts';
import { withSeats } from '../fixtures/verify/published-files.ts';
import { commitAll, git, writeFiles } from '../temporary-repository.ts';
import { short } from './company-in-git.ts';
import { type SignedCompany, signedCompany } from './signed-company.ts';

const NOON = '2026-06-02T12:00:00Z';
const LATER = '2026-06-02T13:00:00Z';
const CANARY = 'publish --channel canary --share 5 --readers web-2,web-1';

/** Commits acme with so many seats, approved where that is needed, and publishes it as a canary. */
async function publishCanary(company: SignedCompany, seats: number, words = CANARY): Promise<string> {
  writeFiles(company.root, { 'customers/acme.yaml': withSeats(seats) });
  const commit = commitAll(company.root);
  const tried = await company.json(words, NOON);
  for (const { subjects } of (tried.commits ?? []) as { subjects: Record<string, string> }[])
    for (const [name, subject] of Object.entries(subjects))
      company.approvals.push({ login: 'kim', id: 1002, class: name, subject, at: NOON, state: 'APPROVED' });
  company.setApprovals(company.approvals);
  if (tried.outcome === 'refused') expect(await company.json(words, NOON)).toMatchObject({ outcome: 'published' });
  return commit;
}

const seatsOf = async ({ root, keys }: SignedCompany, reader?: string): Promise<unknown> => {
  const terms = await openTerms({
    follow: false,
    store: `file:${root}/.proviso/production`,
    environment: 'production',
    keys: keys.keysets[0]?.envelope,
    now: () => Date.parse(LATER),
    ...(reader && { reader }),
  });
  const seats = (await terms.customer('acme'))?.settings.seats;
  const { channel, n } = terms.release;
  await terms.close();
  return [channel, n, seats];
};

const failures = async (company: SignedCompany, words: string) => {
  const { proofs } = await company.json(words, LATER);
  return (proofs as ProofLine[]).filter(({ result }) => result !== 'ok');
};

describe('a canary', () => {
  it('goes to some under the same approvals, then by one swap to everybody', async () => {
    const company = await signedCompany();
    const commit = await publishCanary(company, 60);
    expect(await seatsOf(company, 'web-1')).toEqual(['canary', 1, 60]);
    expect(await seatsOf(company)).toEqual(['stable', 1, 6]);
    expect(await failures(company, 'verify --channel canary')).toEqual([]);
    expect(await company.json('status', NOON)).toMatchObject({
      release: 1,
      canary: { release: 1, commit, percent: 5, readers: ['web-1', 'web-2'] },
    });

    const planned = await company.run('promote --dry-run', LATER);
    expect(planned).toMatchObject({
      exitCode: 0,
      stdout: `Nothing was written. Release 2 would be release 1 of canary, commit ${short(commit)}: 1 customer, for everybody.\n`,
    });
    expect(await company.json('promote', LATER)).toMatchObject({
      exitCode: 0,
      outcome: 'published',
      release: 2,
      commit,
      customers: 1,
      canary: 1,
      diagnostics: [],
    });
    for (const reader of ['web-1', undefined]) expect(await seatsOf(company, reader)).toEqual(['stable', 2, 60]);
    expect((await company.run('promote', LATER)).stdout).toBe(
      `Nothing to do: everybody has commit ${short(commit)} with release 2.\n`,
    );
    for (const channel of ['stable', 'canary'])
      expect(await failures(company, `verify --channel ${channel}`)).toEqual([]);
    expect(await company.json('status', LATER)).not.toHaveProperty('canary');
    for (const channel of ['stable', 'canary'])
      expect(git(company.root, 'log', '--format=%s', '-1', `refs/proviso/production/${channel}`)).toContain(
        '(promote)',
      );
    expect(await company.json('rollback', LATER)).toMatchObject({ outcome: 'published', release: 3, hold: commit });
    expect(await seatsOf(company, 'web-1')).toEqual(['stable', 3, 6]);
  });

  it('is aborted: its readers have what everybody has', async () => {
    const company = await signedCompany();
    const commit = await publishCanary(company, 60);
    const { stdout } = await company.run('abort --dry-run', LATER);
    expect(stdout).toContain(`The canary, release 1 of canary, commit ${short(commit)}, would end`);
    expect(await company.json('abort', LATER)).toMatchObject({
      exitCode: 0,
      outcome: 'published',
      release: 2,
      canary: { release: 1, commit },
      diagnostics: [],
    });
    expect(await seatsOf(company, 'web-1')).toEqual(['stable', 1, 6]);
    expect(await failures(company, 'verify --channel canary')).toEqual([]);
    expect((await company.run('abort', LATER)).stdout).toBe(
      'Nothing to do: release 2 of canary has ended the canary.\n',
    );
    expect(await company.json('promote', LATER)).toMatchObject({ exitCode: 1, outcome: 'refused', reason: 'canary' });
    // What was approved for the canary is approved for everybody.
    expect(await company.json('publish', LATER)).toMatchObject({ exitCode: 0, outcome: 'published', release: 2 });
  });

  it('is proven from what everybody has, whatever an earlier canary was', async () => {
    const company = await signedCompany();
    await publishCanary(company, 60);
    company.setApprovals([]);
    writeFiles(company.root, { 'customers/acme.yaml': withSeats(61) });
    commitAll(company.root);
    const tried = await company.json(CANARY, LATER);
    expect(tried).toMatchObject({ exitCode: 1, reason: 'unapproved' });
    expect(tried.commits).toHaveLength(2);
  });

  it('is verified by what was said until it was published, whatever was said until it was promoted', async () => {
    const company = await signedCompany();
    await publishCanary(company, 60);
    const [given] = company.approvals as [object];
    company.setApprovals([given, { ...given, at: '2026-06-02T12:30:00Z', state: 'CHANGES_REQUESTED' }]);
    expect(await company.json('promote', LATER)).toMatchObject({ exitCode: 0, outcome: 'published' });
    expect(await failures(company, 'verify')).toEqual([]);
    expect(await failures(company, 'verify --channel canary')).toEqual([]);
  });

  it('that was overtaken is shown as one nobody follows, and cannot be promoted', async () => {
    const company = await signedCompany();
    await publishCanary(company, 60);
    await company.publishSeats(61, LATER);
    expect(await company.json('status', LATER)).toMatchObject({ canary: { release: 1, overtaken: true } });
    expect((await company.run('status', LATER)).stdout).toContain('which nobody follows');
    expect(await company.run('promote', LATER)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('is not over release 2'),
    });
    expect(await seatsOf(company, 'web-1')).toEqual(['stable', 2, 61]);
  });

  it('tells who follows it', async () => {
    const company = await signedCompany();
    writeFiles(company.root, { 'customers/acme.yaml': withSeats(7) });
    commitAll(company.root);
    expect((await company.run(`${CANARY} --dry-run`, NOON)).stdout).toContain(
      'Nothing was written. Release 1 would be',
    );
    const ran = await company.run(CANARY, NOON);
    expect(ran.stdout).toContain('Canary for 5 % of readers, web-1 and web-2: `proviso promote`');
    expect(await company.json('publish --channel beta --readers web-9', NOON)).toMatchObject({
      exitCode: 0,
      canary: { percent: 0, readers: ['web-9'] },
    });
    expect(await company.json('promote --channel beta', LATER)).toMatchObject({ exitCode: 0, release: 2 });
  });

  it.each([
    ['publish --share 5', 'channel stable is for everybody'],
    ['publish --readers web-1', 'channel stable is for everybody'],
    ['publish --channel canary --share 101', '--share is a percentage'],
    ['publish --channel canary --share 0.001', '--share is a percentage'],
    ['publish --channel canary --share=-1', '--share is a percentage'],
    ['publish --channel canary --readers web-1,,web-2', '--readers is a list of names'],
    [`publish --channel canary --readers ${'x'.repeat(8_001)}`, '--readers has more than 8000 characters'],
  ])('is not published by %.60s', async (words, message) => {
    const company = await signedCompany();
    expect(await company.run(words)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(message) });
  });
});
