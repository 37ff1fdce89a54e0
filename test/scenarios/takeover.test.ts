import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTerms } from '../../runtime/client/open-terms.ts';
import { decodeHead, encodeHead, type HeadPayload, signHead } from '../../runtime/snapshot/head.ts';
import { openFileStore } from '../../runtime/stores/file.ts';
import type { WriteStore } from '../../runtime/stores/store.ts';
import { commitAll, git } from '../temporary-repository.ts';
import { type SignedCompany, signedCompany } from './signed-company.ts';

const storeOf = ({ root }: SignedCompany): WriteStore => openFileStore(join(root, '.proviso/production'));

async function headIn(store: WriteStore): Promise<{ payload: HeadPayload; hash: string; token: string }> {
  const at = await store.getHead('production', 'stable');
  if (!at) throw new Error('no head');
  return { ...decodeHead(at.envelope), token: at.token };
}

/** Puts a head of somebody else in force, signed with the company's own key, or as it is given. */
async function putHead(company: SignedCompany, change: Partial<HeadPayload>, envelope?: Uint8Array): Promise<void> {
  const store = storeOf(company);
  const { payload, hash, token } = await headIn(store);
  const forged = await signHead({ ...payload, n: payload.n + 1, prev: hash, ...change }, company.keys.signers);
  expect(await store.casHead('production', 'stable', token, envelope ?? forged.envelope)).toBe('ok');
}

const readers = (company: SignedCompany) =>
  openTerms({
    follow: false,
    store: storeOf(company),
    environment: 'production',
    keys: company.keys.keysets[0]?.envelope ?? new Uint8Array(),
    now: () => Date.parse('2026-06-02T12:00:00Z'),
  });

describe('takeover', () => {
  it('recovers from a stolen key that has used up the numbers, once the keys are replaced', async () => {
    const company = await signedCompany();
    const terms = await readers(company);
    await putHead(company, { n: Number.MAX_SAFE_INTEGER, commit: 'f'.repeat(40) });
    expect(await terms.refresh()).toBe(true);
    expect(await company.json('publish')).toMatchObject({ exitCode: 1, outcome: 'refused' });
    expect((await company.run('takeover --because stolen')).stderr).toContain('leaves no number');
    const keysFolder = join(company.root, '..', `safe-${process.hrtime.bigint()}`);
    const pem = company.keys.rootKey;
    const rotated = await company.run(`keys rotate --out ${keysFolder}`, undefined, { PROVISO_ROOT_KEY: pem });
    expect(rotated).toMatchObject({ exitCode: 0 });
    commitAll(company.root, 'new keys');
    const [name = ''] = readdirSync(keysFolder).filter((each) => each.startsWith('head-'));
    const variables = { PROVISO_HEAD_KEY_FILE: join(keysFolder, name) };
    await company.approveAll(variables);
    const dry = await company.run('takeover --because stolen --dry-run', undefined, variables);
    expect(dry.stderr).toContain('passes over release 9007199254740991');
    expect(dry.stderr).toContain('Goes on from release 1 of commit');
    const done = await company.run('takeover --because stolen --format json', undefined, variables);
    expect(JSON.parse(done.stdout)).toMatchObject({ outcome: 'published', release: 2 });
    expect((await headIn(storeOf(company))).payload).toMatchObject({ epoch: 2, n: 2 });
    expect([await terms.refresh(), terms.release.n]).toEqual([true, 2]);
    // The thief goes on, and nobody listens.
    await putHead(company, { epoch: 1, keyset: company.keys.keysets[0]?.hash, n: Number.MAX_SAFE_INTEGER });
    await expect(terms.refresh()).rejects.toMatchObject({ code: 'untrusted' });
    expect(terms.release.n).toBe(2);
    rmSync(keysFolder, { recursive: true });
  });

  it.each<[string, (company: SignedCompany) => Promise<void>, string]>([
    ['that nobody can read', (company) => putHead(company, {}, Buffer.from('nonsense')), 'cannot be read'],
    [
      'that nobody signed',
      async (company) => {
        const { payload, hash } = await headIn(storeOf(company));
        const { keyset: _, ...rest } = payload;
        const { envelope } = encodeHead({ ...rest, epoch: 0, n: 9, prev: hash });
        await putHead(company, {}, envelope);
      },
      'is not signed',
    ],
    ['of another environment', (company) => putHead(company, { env: 'staging' }), 'another environment'],
  ])('goes on over a head %s, which publish refuses', async (_, plant, says) => {
    const company = await signedCompany();
    const terms = await readers(company);
    await plant(company);
    const refused = await company.run('publish');
    expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(says) });
    expect(refused.stderr).toMatch(/proviso takeover|check which store/);
    const done = await company.json('takeover --because mistake');
    expect(done).toMatchObject({ exitCode: 0, outcome: 'published' });
    expect([await terms.refresh(), terms.release.n]).toEqual([true, done.release]);
    expect(await company.json('publish')).toMatchObject({ outcome: 'unchanged' });
    expect(await company.json('rollback')).toMatchObject({ exitCode: 2 });
    expect(await company.json('verify')).toMatchObject({ exitCode: 0 });
  });

  it('needs a reason, and a release that is ours', async () => {
    const company = await signedCompany();
    expect((await company.run('takeover')).stderr).toContain('--because');
    expect(await company.json('takeover --because x --from 7')).toMatchObject({ exitCode: 1, reason: 'noSuchRelease' });
  });
});

describe('a store that has gone back in time', () => {
  it('is found out by the witness, healed by the next release, and shown to no reader', async () => {
    const company = await signedCompany();
    const folder = join(company.root, '.proviso/production');
    cpSync(folder, `${folder}-old`, { recursive: true });
    const commit = await company.publishSeats(60, '2026-06-02T12:00:00Z');
    const terms = await readers(company);
    expect(terms.release.n).toBe(2);
    rmSync(folder, { recursive: true });
    cpSync(`${folder}-old`, folder, { recursive: true });
    expect([await terms.refresh(), terms.release.n]).toEqual([false, 2]);
    const healed = await company.run('publish --format json', '2026-06-02T13:00:00Z');
    expect(healed.stderr).toContain('the store has gone back in time: it holds release 1, and release 2 was in force');
    expect(JSON.parse(healed.stdout)).toMatchObject({ outcome: 'published', release: 3, commit });
    expect([await terms.refresh(), terms.release.n]).toEqual([true, 3]);
    expect((await terms.customer('acme'))?.settings.seats).toBe(60);
    await terms.close();
  });

  it('is healed, too, when it was lost altogether', async () => {
    const company = await signedCompany();
    await company.publishSeats(60, '2026-06-02T12:00:00Z');
    rmSync(join(company.root, '.proviso/production'), { recursive: true });
    const healed = await company.run('publish --format json', '2026-06-02T13:00:00Z');
    expect(healed.stderr).toContain('it holds no release, and release 2 was in force');
    expect(JSON.parse(healed.stdout)).toMatchObject({ outcome: 'published', release: 3 });
  });

  it('goes unnoticed where there is no witness', async () => {
    const company = await signedCompany();
    await company.publishSeats(60, '2026-06-02T12:00:00Z');
    rmSync(join(company.root, '.proviso/production'), { recursive: true });
    git(company.root, 'update-ref', '-d', 'refs/proviso/production/stable');
    expect(await company.json('publish', '2026-06-02T13:00:00Z')).toMatchObject({ release: 1 });
  });
});
