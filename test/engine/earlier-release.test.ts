import { describe, expect, test } from 'vitest';
import { earlierRelease, type MadeOf } from '../../engine/publish/earlier-release.ts';
import type { Signing } from '../../engine/publish/signing.ts';
import type { Head, HeadPayload } from '../../runtime/snapshot/head.ts';

const payload = {
  epoch: 2,
  root: 'a'.repeat(64),
  commit: 'c1',
  policyDigest: 'plans',
  compiler: 'proviso 1',
  folder: 'terms',
} as HeadPayload;
const head: Head = { payload, hash: 'h1' };
const standing = { current: head, stored: head, isWitnessed: true };
const own: MadeOf = { policyDigest: 'plans', compiler: 'proviso 1', folder: 'terms' };
const keysets = [1, 2].map((version) => ({ payload: { version } })) as unknown as Signing['keysets'];
const signed = { signing: { keysets, signers: [] }, isOwn: () => false };
const unsigned = { isOwn: (release: HeadPayload) => release === payload };
const withPayload = (change: Partial<HeadPayload>): typeof standing => {
  const other = { ...head, payload: { ...payload, ...change } };
  return { ...standing, current: other, stored: other };
};

describe('the release another may be made from', () => {
  test('is the one in force, signed and witnessed, or made by this clone', () => {
    expect(earlierRelease(standing, own, signed)).toBe(head);
    expect(earlierRelease({ ...standing, isWitnessed: false }, own, unsigned)).toBe(head);
  });

  test.each<[string, Parameters<typeof earlierRelease>]>([
    ['nothing is in force', [{}, own, signed]],
    ['the store has gone back in time', [{ ...standing, current: { ...head, hash: 'h2' } }, own, signed]],
    ['the store holds none of ours', [{ current: head }, own, signed]],
    ['plans or policies are others', [standing, { ...own, policyDigest: 'others' }, signed]],
    ['another version compiled it', [standing, { ...own, compiler: 'proviso 2' }, signed]],
    ['it does not say what compiled it', [withPayload({ compiler: undefined }), own, signed]],
    ['the terms lay in another folder', [standing, { ...own, folder: 'other' }, signed]],
    ['the terms lay in a folder, and are at the top', [standing, { ...own, folder: undefined }, signed]],
    ['the witness does not know it', [{ ...standing, isWitnessed: false }, own, signed]],
    ['nobody says whether the witness knows it', [{ current: head, stored: head }, own, signed]],
    ['it is signed with keys that were replaced', [withPayload({ epoch: 1 }), own, signed]],
    [
      'it is signed, and only this clone knows it',
      [{ ...standing, isWitnessed: false }, own, { ...signed, isOwn: () => true }],
    ],
    ['it is unsigned, and this clone does not know it', [standing, own, { isOwn: () => false }]],
  ])('is none where %s', (_, given) => {
    expect(earlierRelease(...given)).toBeUndefined();
  });
});
