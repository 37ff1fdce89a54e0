import { sha256 } from '../../runtime/snapshot/object.ts';
import { testKey } from '../fixtures/signing/test-key.ts';
import {
  accept,
  anyOfThree,
  confused,
  hashOf,
  lasting,
  many,
  nobody,
  one,
  refuse,
  rotation,
  row,
  three,
  two,
  usual,
} from './case-words.ts';
import type { HeadCase } from './head-case.ts';
import { head, keyset } from './head-world.ts';

/** Whose it is, and with which keys it may be signed. */
export const keyCases: readonly HeadCase[] = [
  row(
    'mix-and-match',
    'of another repository, with our keys',
    head({ of: one }, { repo: 'globex/terms' }),
    refuse('otherPlace'),
  ),
  row('mix-and-match', 'of another environment', head({ of: one }, { env: 'staging' }), refuse('otherPlace')),
  row('mix-and-match', 'of another channel', head({ of: one }, { channel: 'canary' }), refuse('otherPlace')),
  row('mix-and-match', 'of the environment that is asked for', head({ of: one }, { env: 'staging' }), accept, {
    place: { env: 'staging', channel: 'stable' },
  }),
  row(
    'mix-and-match',
    'a reader for trying out still looks at the environment',
    head({ of: undefined, epoch: 0, by: [] }, { env: 'staging' }),
    refuse('otherPlace'),
    { pinned: null },
  ),
  row(
    'mix-and-match',
    'for readers that are newer',
    head({ of: one }, { schema: { writes: 2, minReader: 2 } }),
    refuse('needsNewerReader'),
  ),
  row(
    'mix-and-match',
    'written in a newer format this reader understands',
    head({ of: one }, { schema: { writes: 2, minReader: 1 } }),
    accept,
  ),

  row(
    'key compromise',
    'the old head key after the keys were replaced',
    head({ of: one }, { n: 99 }),
    refuse('oldKeys'),
    { pinned: two },
  ),
  row(
    'key compromise',
    'the old head key in the name of the new keyset',
    head({ of: two, epoch: 2, by: ['head 1'] }),
    refuse('signature'),
    { objects: [two] },
  ),
  row(
    'key compromise',
    'an old head key that was kept for an overlap',
    head({ of: keyset({ version: 2, prev: one, heads: ['head 1', 'head 2'] }), epoch: 2, by: ['head 1'] }),
    accept,
    { objects: [keyset({ version: 2, prev: one, heads: ['head 1', 'head 2'] })] },
  ),
  rotation(
    'a keyset made with a stolen head key',
    one,
    { roots: ['stranger'], threshold: 1, by: ['head 1', 'stranger'] },
    'keyset',
    'key compromise',
  ),

  row(
    'rotation',
    'the very next keyset',
    head({ of: two, epoch: 2 }, { n: 8 }),
    { ...accept, trust: two },
    { objects: [two], best: hashOf(usual) },
  ),
  row(
    'rotation',
    'two keysets on',
    head({ of: three, epoch: 3 }),
    { ...accept, trust: three },
    { objects: [two, three] },
  ),
  row(
    'rotation',
    'a reader that was given the second',
    head({ of: three, epoch: 3 }),
    { ...accept, trust: three },
    { pinned: two, objects: [one, two, three] },
  ),
  rotation('one of three roots is enough', anyOfThree, { threshold: 1, by: ['root b'] }),
  rotation('two of three roots', many, { by: ['root a', 'root c'] }),
  rotation('one root where two are needed', many, { by: ['root a'] }, 'keyset'),
  rotation('one root that signed twice where two are needed', many, { by: ['root a', 'root a'] }, 'keyset'),
  rotation('all roots replaced, signed by old and new', many, {
    roots: ['root x', 'root y'],
    by: ['root a', 'root b', 'root x', 'root y'],
  }),
  rotation(
    'all roots replaced, signed by the new ones alone',
    many,
    { roots: ['root x', 'root y'], by: ['root x', 'root y'] },
    'keyset',
  ),
  rotation(
    'all roots replaced, signed by the old ones alone',
    many,
    { roots: ['root x', 'root y'], by: ['root a', 'root b'] },
    'keyset',
  ),
  rotation('a higher threshold than signed it', anyOfThree, { threshold: 3, by: ['root a', 'root b'] }, 'keyset'),
  rotation('a threshold of nobody', many, { by: ['root a', 'root b'], more: { rootThreshold: 0 } }, 'keyset'),
  rotation('another keyset before it', many, { prev: two }, 'keyset'),
  rotation('of another repository', many, { more: { repo: 'globex/terms' } }, 'keyset'),
  rotation(
    'a key under an id that is not its own',
    many,
    { more: { headKeys: { [sha256('x')]: testKey('head 2').publicKey } } },
    'keyset',
  ),
  rotation(
    'one key under two ids',
    many,
    {
      more: {
        rootKeys: {
          [testKey('root a').keyid]: testKey('root a').publicKey,
          [sha256('x')]: testKey('root a').publicKey,
        },
      },
    },
    'keyset',
  ),
  rotation(
    'a key in base64 without its padding',
    many,
    { more: { headKeys: { [testKey('head 2').keyid]: testKey('head 2').publicKey.replace('=', '') } } },
    'keyset',
  ),
  rotation('fields of later versions', many, { more: { later: true } }),
  row('rotation', 'no head key at all', head({ of: nobody, epoch: 2 }), refuse('signature'), { objects: [nobody] }),
  row(
    'rotation',
    'a version that was skipped',
    head({ of: keyset({ version: 3, prev: one }), epoch: 3 }),
    refuse('keyset'),
    { objects: [keyset({ version: 3, prev: one })] },
  ),
  row(
    'rotation',
    'an earlier keyset that comes after',
    head({ of: keyset({ version: 2, prev: two }), epoch: 2 }),
    refuse('keyset'),
    { pinned: two, objects: [keyset({ version: 2, prev: two }), two] },
  ),
  row(
    'rotation',
    'keys that had ended when they were replaced',
    head({ of: lasting, epoch: 2 }, { staleAfter: '2029-01-01T00:00:00.000Z' }),
    { ...accept, trust: lasting },
    { now: '2028-01-01T00:00:00.000Z', objects: [lasting], best: hashOf(usual) },
  ),
  row('rotation', 'a keyset whose roots signed it as a head', head({ of: confused, epoch: 2 }), refuse('keyset'), {
    objects: [confused],
  }),
];
