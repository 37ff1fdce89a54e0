import { beforeEach, describe, expect, test } from 'vitest';
import { abort } from '../../engine/publish/abort.ts';
import { promote } from '../../engine/publish/promote.ts';
import type { ProofLine } from '../../engine/publish/proof-line.ts';
import { publish } from '../../engine/publish/publish.ts';
import { refresh } from '../../engine/publish/refresh.ts';
import { rollback } from '../../engine/publish/rollback.ts';
import { type VerifyReleaseTools, verifyRelease } from '../../engine/publish/verify-release.ts';
import { decodeHead, signHead } from '../../runtime/snapshot/head.ts';
import { sha256 } from '../../runtime/snapshot/object.ts';
import type { Snapshot } from '../../runtime/snapshot/release.ts';
import { drawFrom, seed, timesFrom } from '../fixtures/release/counts.ts';
import { MemoryStore } from '../fixtures/release/memory-store.ts';
import { sampleRequest, sampleSnapshot, sampleTarget, sampleTools } from '../fixtures/release/sample.ts';
import { type SignedKeys, signedKeys } from '../fixtures/release/signed-keys.ts';

const keys: SignedKeys = await signedKeys(sampleTarget.repo, 2);
const signing = { keysets: keys.keysets.slice(0, 1), signers: (await signedKeys('other')).signers };
const customers = Array.from({ length: 600 }, (_, index) => ({ id: `c-${index}`, seats: index }));
const snapshotOf = (number: number): Snapshot => sampleSnapshot(customers, `release ${number}`);

let store: MemoryStore;
const tools = (number: number) => ({ ...sampleTools(store, () => snapshotOf(number)), signing: keys });
const publishNumber = (number: number) => publish(tools(number), sampleRequest(`c${number}`));
const verifyTools = (change: Partial<VerifyReleaseTools> = {}): VerifyReleaseTools => ({
  store,
  signing: keys,
  now: () => new Date('2026-06-03T01:00:00Z'),
  recompile: async ({ commit }) => ({ snapshot: snapshotOf(Number(commit.slice(1))), policyDigest: 'none' }),
  policy: async () => ({ publish: undefined }),
  proveAgain: async () => ({ outcome: 'unknown', because: 'nobody was asked' }),
  ...change,
});
const verify = async (change?: Partial<VerifyReleaseTools>, release?: number): Promise<readonly ProofLine[]> =>
  (await verifyRelease(verifyTools(change), sampleTarget, release))?.proofs ?? [];
const resultsOf = (proofs: readonly ProofLine[]) => Object.fromEntries(proofs.map((each) => [each.proof, each.result]));
const namedIn = (proofs: readonly ProofLine[]) => proofs.flatMap(({ named = [] }) => named.map(({ hash }) => hash));
const allOk = { signature: 'ok', history: 'ok', content: 'ok', objects: 'ok', approvals: 'unprovable' };

beforeEach(async () => {
  store = new MemoryStore();
  for (const number of [1, 2]) await publishNumber(number);
});

describe('verifying a release', () => {
  test('finds nothing wrong with what was published', async () => {
    expect(await verifyRelease(verifyTools(), sampleTarget)).toMatchObject({
      release: 2,
      kind: 'publish',
      root: snapshotOf(2).root,
      commit: 'c2',
    });
    expect(resultsOf(await verify())).toEqual(allOk);
    expect(resultsOf(await verify({}, 1))).toEqual(allOk);
    expect(await verifyRelease(verifyTools(), sampleTarget, 9)).toBeUndefined();
    expect(await verifyRelease(verifyTools(), { ...sampleTarget, env: 'empty' })).toBeUndefined();
  });

  test('says what cannot be proven from here, and does not call it wrong', async () => {
    const proofs = await verify({ recompile: async () => ({ because: 'the commit is not in this clone' }) });
    expect(resultsOf(proofs)).toEqual({ ...allOk, content: 'unprovable' });
    expect(resultsOf(await verify({ signing: undefined }))).toMatchObject({ signature: 'failed', history: 'failed' });
  });

  test('finds a commit that says something else, and for whom', async () => {
    const other = sampleSnapshot([{ id: 'c-0', seats: 99 }, ...customers.slice(1)], 'release 2');
    const proofs = await verify({ recompile: async () => ({ snapshot: other, policyDigest: 'none' }) });
    expect(resultsOf(proofs)).toEqual({ ...allOk, content: 'failed' });
    expect(proofs.find(({ proof }) => proof === 'content')?.message).toBe('commit c2 says something else: c-0');
    const policy = await verify({ recompile: async () => ({ snapshot: snapshotOf(2), policyDigest: 'other' }) });
    expect(resultsOf(policy)).toEqual({ ...allOk, content: 'failed' });
  });

  test('finds a store that has gone back in time, by the witness', async () => {
    const newest = (await store.getHead(sampleTarget.env, sampleTarget.channel))?.envelope;
    const witness = { read: async () => (newest ? [newest] : []) };
    expect(resultsOf(await verify({ witness }))).toEqual({ ...allOk, witness: 'ok' });
    store.heads.get('local/stable')?.pop();
    expect(resultsOf(await verify({ witness }))).toEqual({ ...allOk, witness: 'failed' });
  });

  test('holds a rollback and a refresh against what they say they are', async () => {
    await rollback(tools(1), { ...sampleTarget, toRelease: 1 });
    expect(resultsOf(await verify())).toEqual({ ...allOk, origin: 'ok', approvals: 'ok' });
    await refresh(tools(1), sampleTarget);
    expect(resultsOf(await verify())).toEqual({ ...allOk, origin: 'ok', approvals: 'ok' });
    const { payload, hash } = decodeHead((await store.getHead('local', 'stable'))?.envelope as Uint8Array);
    const never = sampleSnapshot(customers, 'never in force');
    await store.putAll(never.objects);
    for (const kind of ['refresh', 'rollback'] as const) {
      const forged = await signHead({ ...payload, n: 9, prev: hash, kind, root: never.root }, keys.signers);
      store.heads.get('local/stable')?.push(forged.envelope);
      const recompile = async () => ({ snapshot: never, policyDigest: 'none' });
      expect(resultsOf(await verify({ recompile }))).toMatchObject({ content: 'ok', origin: 'failed' });
      store.heads.get('local/stable')?.pop();
    }
  });

  test('takes the reason of a rollback as one, and as the approval of nothing else', async () => {
    const reason = { because: 'seats were counted twice' };
    await rollback(tools(1), { ...sampleTarget, toRelease: 1, reason });
    expect(resultsOf(await verify())).toEqual({ ...allOk, origin: 'ok', approvals: 'ok' });
    await refresh(tools(1), sampleTarget);
    expect(resultsOf(await verify())).toEqual({ ...allOk, origin: 'ok', approvals: 'ok' });
    const { payload, hash } = decodeHead((await store.getHead('local', 'stable'))?.envelope as Uint8Array);
    const forged = await signHead({ ...payload, n: 9, prev: hash, kind: 'publish' }, keys.signers);
    store.heads.get('local/stable')?.push(forged.envelope);
    expect(resultsOf(await verify())).toEqual({ ...allOk, approvals: 'failed' });
    store.heads.get('local/stable')?.pop();
    store.objects.delete(payload.evidence);
    const proofs = await verify();
    expect(resultsOf(proofs)).toEqual({ ...allOk, origin: 'ok', approvals: 'failed' });
    expect(namedIn(proofs)).toEqual([payload.evidence]);
  });

  test('holds a canary, its promotion and its end against what everybody had', async () => {
    const place = { ...sampleTarget, channel: 'canary' };
    const verifyIn = async (where = place) => (await verifyRelease(verifyTools(), where))?.proofs ?? [];
    const originOf = async (where = place) => (await verifyIn(where)).find(({ proof }) => proof === 'origin');
    const publishCanary = (number: number) =>
      publish(tools(number), { ...sampleRequest(`c${number}`), channel: 'canary', share: { percent: 5 } });
    const both = { stable: tools(9), canary: tools(9), ancestry: tools(9).ancestry };

    await publishCanary(3);
    expect(await originOf()).toMatchObject({ result: 'ok', message: 'a canary over release 2' });
    await refresh(tools(9), place);
    expect(resultsOf(await verifyIn())).toEqual({ ...allOk, origin: 'ok' });
    await abort(both, place);
    expect(resultsOf(await verifyIn())).toEqual({ ...allOk, origin: 'ok', approvals: 'ok' });
    expect((await originOf())?.message).toBe('ends canary 2: its readers have release 2 again');
    await publishCanary(3);
    await promote(both, place);
    expect(resultsOf(await verifyIn())).toEqual({ ...allOk, origin: 'ok' });
    expect((await originOf())?.message).toBe('ends canary 4, which is release 3 for everybody');
    expect(resultsOf(await verifyIn(sampleTarget))).toEqual({ ...allOk, origin: 'ok' });
    expect((await originOf(sampleTarget))?.message).toBe(
      'is release 4 of canary, a canary over release 2, for everybody',
    );

    const newest = decodeHead((await store.getHead('local', 'canary'))?.envelope as Uint8Array);
    const forge = async (change: object, channel = 'canary') => {
      const { payload, hash } = decodeHead((await store.getHead('local', channel))?.envelope as Uint8Array);
      const forged = await signHead({ ...payload, n: payload.n + 1, prev: hash, ...change }, keys.signers);
      store.heads.get(`local/${channel}`)?.push(forged.envelope);
      const line = await originOf({ ...place, channel });
      store.heads.get(`local/${channel}`)?.pop();
      return line?.result;
    };
    const canary = { percent: 5, over: newest.payload.root };
    expect(await forge({ kind: 'publish', canary })).toBe('ok');
    expect(await forge({ kind: 'publish', canary: { ...canary, over: sha256('never') } })).toBe('failed');
    expect(await forge({ kind: 'abort' })).toBe('failed');
    expect(await forge({ kind: 'promote' })).toBe('failed');
    expect(await forge({ kind: 'promote' }, 'stable')).toBe('failed');
    await publishCanary(4);
    expect(await forge({ kind: 'abort', canary: undefined, root: snapshotOf(3).root, commit: 'c3' })).toBe('ok');
    expect(await forge({ kind: 'abort', canary: undefined })).toBe('failed');
    expect(await forge({ kind: 'promote', canary: undefined })).toBe('failed');
    expect(await forge({ kind: 'promote', canary: undefined, policyDigest: 'other' })).toBe('failed');
  });

  test('passes over a head of others that a later one of ours goes on from, and no other', async () => {
    const heads = store.heads.get('local/stable') as Uint8Array[];
    const { payload, hash } = decodeHead(heads[1] as Uint8Array);
    const foreign = await signHead({ ...payload, n: 3, prev: hash }, signing.signers);
    heads.push(foreign.envelope);
    expect(resultsOf(await verify())).toMatchObject({ signature: 'failed', history: 'failed' });
    const ours = await signHead({ ...payload, n: 4, prev: foreign.hash }, keys.signers);
    heads.push(ours.envelope);
    const proofs = await verify();
    expect(resultsOf(proofs)).toEqual(allOk);
    expect(proofs[1]?.message).toContain('1 head of others among them');
  });
});

describe('a store that somebody edited by hand', () => {
  const edits = timesFrom('PROVISO_EDITS', 200);
  const draw = drawFrom(seed);
  const flip = (bytes: Uint8Array): Uint8Array => {
    const edited = Uint8Array.from(bytes);
    const at = Math.floor(draw() * edited.length);
    edited[at] = (edited[at] ?? 0) ^ (1 << Math.floor(draw() * 8));
    return edited;
  };

  test.each(['with its commit', 'without'])(
    `is found out in ${edits} of ${edits} objects, ${'%s'} in this clone (seed ${seed})`,
    async (which) => {
      const here = which === 'without' ? { recompile: async () => ({ because: 'not here' }) } : {};
      const { root } = snapshotOf(2);
      const used = [...snapshotOf(2).objects.keys(), ...keys.keysets.map(({ hash }) => hash)];
      for (let edit = 0; edit < edits; edit += 1) {
        const hash = used[Math.floor(draw() * used.length)] as string;
        const bytes = store.objects.get(hash) as Uint8Array;
        const kind = draw();
        if (kind < 0.4) store.objects.set(hash, flip(bytes));
        else if (kind < 0.6) store.objects.delete(hash);
        else if (kind < 0.8) store.objects.set(hash, bytes.subarray(0, Math.floor(draw() * bytes.length)));
        else store.objects.set(hash, Buffer.from('{"v":1}'));
        const proofs = await verify(here);
        const failed = proofs.filter(({ result }) => result === 'failed');
        const said = [...namedIn(failed), ...failed.map(({ message }) => message)].join(' ');
        expect(said, `edit ${edit} of ${hash === root ? 'the root' : hash}`).toContain(hash);
        store.objects.set(hash, bytes);
      }
      expect(resultsOf(await verify(here))).toMatchObject({ objects: 'ok', signature: 'ok' });
    },
  );

  test('is named whole with its commit here: no damage hides another', async () => {
    const hashes = [...snapshotOf(2).objects.keys()];
    for (const hash of hashes) store.objects.set(hash, Buffer.from('{}'));
    expect(namedIn(await verify()).sort()).toEqual(hashes.sort());
    expect(namedIn(await verify({ recompile: async () => ({ because: 'not here' }) }))).toEqual([snapshotOf(2).root]);
  });

  test.each<[string, (text: string) => string]>([
    ['spaces', (text) => text.replace('{', '{ ')],
    [
      'the bits of base64 that stand for nothing',
      (text) => text.replace(/[AQgw]==/, (end) => `${{ A: 'B', Q: 'R', g: 'h', w: 'x' }[end[0] as 'A']}==`),
    ],
  ])('is found out in the newest head by %s alone', async (_, edit) => {
    const heads = store.heads.get('local/stable') as Uint8Array[];
    const text = Buffer.from(heads[1] as Uint8Array).toString();
    expect(edit(text)).not.toBe(text);
    heads[1] = Buffer.from(edit(text));
    expect(resultsOf(await verify())).toMatchObject({ signature: 'failed', history: 'failed' });
  });

  test(`is found out in every head, whatever was done to it (seed ${seed})`, async () => {
    for (const number of [3, 4, 5, 6, 7]) await publishNumber(number);
    const heads = store.heads.get('local/stable') as Uint8Array[];
    const asPublished = [...heads];
    for (let edit = 0; edit < edits; edit += 1) {
      const index = Math.floor(draw() * heads.length);
      const envelope = heads[index] as Uint8Array;
      const { payload } = decodeHead(envelope);
      const kind = draw();
      if (kind < 0.4) heads[index] = flip(envelope);
      else if (kind < 0.6) heads[index] = (await signHead({ ...payload, commit: 'c0' }, signing.signers)).envelope;
      else if (kind < 0.7) heads[index] = (await signHead({ ...payload, commit: 'c0' }, [])).envelope;
      else if (kind < 0.8 && index < heads.length - 1) heads.splice(index, 1);
      else heads[index] = heads[(index + 1) % heads.length] as Uint8Array;
      const changed = heads.length < asPublished.length || sha256(heads[index] as Uint8Array) !== sha256(envelope);
      const failed = (await verify()).filter(({ result }) => result === 'failed');
      if (changed) expect(failed.length, `edit ${edit} of head ${index + 1}`).toBeGreaterThan(0);
      heads.splice(0, heads.length, ...asPublished);
    }
    expect(resultsOf(await verify())).toEqual(allOk);
  });
});
