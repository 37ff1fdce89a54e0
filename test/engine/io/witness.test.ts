import { describe, expect, test } from 'vitest';
import { gitWitness } from '../../../engine/io/witness.ts';
import { decodeHead, encodeHead, type HeadPayload } from '../../../runtime/snapshot/head.ts';
import { sha256 } from '../../../runtime/snapshot/object.ts';
import { git, temporaryFolder, temporaryRepository } from '../../temporary-repository.ts';

const place = { env: 'production', channel: 'stable' };
const REF = 'refs/proviso/production/stable';

const envelopeOf = (n: number, epoch = 1): Uint8Array => {
  const payload: HeadPayload = {
    v: 1,
    repo: 'acme/terms',
    ...place,
    epoch,
    n,
    prev: null,
    kind: 'publish',
    root: sha256(`root ${n}`),
    count: 1,
    commit: `c${n}`,
    policyDigest: 'none',
    evidence: 'none',
    schema: { writes: 1, minReader: 1 },
    issuedAt: '2026-06-03T00:00:00.000Z',
    staleAfter: '2026-06-04T00:00:00.000Z',
  };
  return encodeHead(payload).envelope;
};

const all = (_: Uint8Array): boolean => true;
const numbers = (envelopes: readonly Uint8Array[]): number[] =>
  envelopes.map((envelope) => decodeHead(envelope).payload.n).sort();

/** A repository at `origin` and clones of it, each with a witness and what that said. */
function shared() {
  const { root: origin } = temporaryRepository({ 'a.txt': 'a\n' });
  const open = () => {
    const root = `${temporaryFolder()}/clone`;
    git(origin, 'clone', '--quiet', origin, root);
    const said: string[] = [];
    return { root, said, witness: gitWitness(root, place, { warn: (message) => said.push(message) }) };
  };
  return { origin, open };
}

const remember = (witness: ReturnType<typeof gitWitness>, n: number, isOurs = all) =>
  witness.remember(envelopeOf(n), decodeHead(envelopeOf(n)), isOurs);

describe('the witness in git', () => {
  test('knows nothing at first, and then what it was told, in this clone alone where there is no other', async () => {
    const { root } = temporaryRepository({ 'a.txt': 'a\n' });
    const witness = gitWitness(root, place, { warn: () => {} });
    expect(await witness.read()).toEqual([]);
    expect(await remember(witness, 1)).toBeUndefined();
    expect(await remember(witness, 2)).toBeUndefined();
    expect(await witness.read()).toEqual([envelopeOf(2)].map((bytes) => Buffer.from(bytes)));
    expect(git(root, 'log', '--format=%s %an <%ae>', REF).trim().split('\n')).toEqual([
      'Release 2 of production/stable (publish) proviso <proviso@localhost>',
      'Release 1 of production/stable (publish) proviso <proviso@localhost>',
    ]);
    expect(git(root, 'status', '--porcelain')).toBe('');
  });

  test('is told to every clone by way of origin', async () => {
    const { origin, open } = shared();
    const [one, two] = [open(), open()];
    expect(await remember(one.witness, 1)).toBeUndefined();
    expect(numbers(await two.witness.read())).toEqual([1]);
    expect(await remember(two.witness, 2)).toBeUndefined();
    expect(await remember(one.witness, 3)).toBeUndefined();
    expect(git(origin, 'log', '--format=%s', REF).trim().split('\n').length).toBe(3);
    expect([...one.said, ...two.said]).toEqual([]);
  });

  test('never goes back to an earlier head', async () => {
    const { origin, open } = shared();
    const { witness } = open();
    await remember(witness, 5);
    expect(await remember(witness, 4)).toBeUndefined();
    expect(await remember(witness, 5)).toBeUndefined();
    expect(git(origin, 'log', '--format=%s', REF).trim()).toBe('Release 5 of production/stable (publish)');
  });

  test('goes on over a head that is none of ours, whatever its number', async () => {
    const { origin, open } = shared();
    const { witness } = open();
    await remember(witness, 2 ** 53 - 1);
    const isOurs = (envelope: Uint8Array): boolean => decodeHead(envelope).payload.n < 1_000;
    expect(await remember(witness, 7, isOurs)).toBeUndefined();
    expect(numbers(await open().witness.read())).toEqual([7]);
    expect(git(origin, 'rev-list', '--count', REF).trim()).toBe('2');
  });

  test('keeps the latest of many who remember at once', async () => {
    const { open } = shared();
    const clones = Array.from({ length: 4 }, open);
    const told = await Promise.all(clones.map(({ witness }, index) => remember(witness, index + 1)));
    expect(told).toEqual([undefined, undefined, undefined, undefined]);
    expect(numbers(await open().witness.read())).toEqual([4]);
  });

  test('says that origin cannot be read, and goes by this clone', async () => {
    const { root, said, witness } = shared().open();
    await remember(witness, 1);
    git(root, 'remote', 'set-url', 'origin', `${root}/gone`);
    expect(numbers(await witness.read())).toEqual([1]);
    expect(said).toEqual([expect.stringContaining('cannot be read from origin')]);
    expect(await remember(witness, 2)).toMatch(/could not be pushed to origin/);
    expect(numbers(await witness.read())).toEqual([2]);
  });

  test('is pushed later where it could not be at the time', async () => {
    const { origin, open } = shared();
    const { root, witness } = open();
    await remember(witness, 1);
    git(root, 'remote', 'set-url', 'origin', `${root}/gone`);
    await remember(witness, 2);
    git(root, 'remote', 'set-url', 'origin', origin);
    expect(numbers(await witness.read())).toEqual([1, 2]);
    expect(await remember(witness, 3)).toBeUndefined();
    expect(numbers(await open().witness.read())).toEqual([3]);
  });

  test('runs no hook and signs nothing', async () => {
    const { root, witness } = shared().open();
    git(root, 'config', 'commit.gpgsign', 'true');
    git(root, 'config', 'core.hooksPath', '/nonexistent/hooks');
    git(root, 'config', 'gpg.program', '/nonexistent/gpg');
    expect(await remember(witness, 1)).toBeUndefined();
  });
});
