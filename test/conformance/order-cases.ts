import { maxHeadBytes } from '../../runtime/snapshot/head.ts';
import { sha256 } from '../../runtime/snapshot/object.ts';
import { accept, hashOf, lasting, long, longHead, one, padded, refuse, row, three, two, usual } from './case-words.ts';
import type { HeadCase } from './head-case.ts';
import { head } from './head-world.ts';

/** How much a store can make a reader load, and which head comes after which. */
export const orderCases: readonly HeadCase[] = [
  row(
    'extraneous data',
    'another good keyset under the hash of the one that is named',
    head({ of: two, epoch: 2 }),
    refuse('keyset'),
    { damaged: { [two.hash]: lasting.bytes } },
  ),
  row('endless data', 'as large as a head may be', padded(maxHeadBytes), accept),
  row(
    'endless data',
    'a good head larger than a head may be',
    head({ of: one }, { later: 'x'.repeat(maxHeadBytes) }),
    refuse('form'),
  ),
  row(
    'endless data',
    'a good head with spaces behind it',
    Buffer.concat([usual.bytes, Buffer.alloc(maxHeadBytes, 0x20)]),
    refuse('form'),
  ),
  row('endless data', 'a keyset larger than one may be', head({ of: two, epoch: 2 }), refuse('keyset'), {
    damaged: { [two.hash]: Buffer.concat([two.bytes, Buffer.alloc(65_536, 0x20)]) },
  }),
  row(
    'endless data',
    '256 keysets to follow',
    longHead(257),
    { ...accept, trust: long[256] },
    { pinned: long[0], objects: long },
  ),
  row('endless data', '257 keysets to follow', longHead(258), refuse('keyset'), { pinned: long[0], objects: long }),

  row('extraneous data', 'a keyset that is not the one its hash names', head({ of: two, epoch: 2 }), refuse('keyset'), {
    damaged: { [two.hash]: three.bytes },
  }),
  row('extraneous data', 'a keyset that is missing', head({ of: two, epoch: 2 }), refuse('keyset')),
  row('extraneous data', 'a keyset on the way that is missing', head({ of: three, epoch: 3 }), refuse('keyset'), {
    objects: [three],
  }),
  row('extraneous data', 'an object that is no keyset', head({ of: usual, epoch: 2 }), refuse('keyset'), {
    objects: [usual],
  }),

  row('rollback', 'the release before', head({ of: one }, { n: 6 }), refuse('older'), { best: hashOf(usual) }),
  row('rollback', 'a higher number with older keys than were served', usual, refuse('oldKeys'), {
    pinned: two,
    best: hashOf(usual, 1, 2),
  }),
  row('rollback', 'a higher number of an epoch before the best', head({ of: one }, { n: 99 }), refuse('older'), {
    best: hashOf(usual, 1, 2),
  }),
  row('fork', 'another release of the same number', head({ of: one }, { root: sha256('other') }), refuse('fork'), {
    best: hashOf(usual),
  }),
  row('fork', 'the same release in another envelope', head({ of: one }, {}, { later: 1 }), refuse('fork'), {
    best: hashOf(usual),
  }),
  row(
    'fast-forward',
    'the highest number there is, by the key in force',
    head({ of: one }, { n: 2 ** 53 - 1 }),
    accept,
    { best: hashOf(usual) },
  ),
  row(
    'fast-forward',
    'number 1 of new keys comes after it',
    head({ of: two, epoch: 2 }, { n: 1 }),
    { ...accept, trust: two },
    { objects: [two], best: hashOf(usual, 2 ** 53 - 1) },
  ),
  row('fast-forward', 'an epoch no keyset has', head({ of: one, epoch: 2, by: ['head 1'] }), refuse('keyset')),
  row(
    'fast-forward',
    'a later epoch with an earlier keyset',
    head({ of: two, epoch: 3, by: ['head 2'] }),
    refuse('keyset'),
    { objects: [two] },
  ),

  row(
    'freeze',
    'a head nobody refreshed',
    usual,
    { ...accept, alarms: ['stale'] },
    { now: '2026-06-04T00:00:00.001Z' },
  ),
  row('freeze', 'the last moment it is fresh', usual, accept, { now: '2026-06-04T00:00:00.000Z' }),
  row(
    'freeze',
    'the same head, and stale',
    usual,
    { verdict: 'same', alarms: ['stale'] },
    { now: '2026-06-05T00:00:00.000Z', best: hashOf(usual) },
  ),
  row(
    'freeze',
    'keys that have ended',
    head({ of: one }, { staleAfter: '2028-01-01T00:00:00.000Z' }),
    { ...accept, alarms: ['keysetExpired'] },
    { now: '2027-01-01T00:00:00.001Z' },
  ),
  row(
    'slow retrieval',
    'everything that can be late is late',
    usual,
    { ...accept, alarms: ['stale', 'keysetExpired'] },
    { now: '2027-06-01T00:00:00.000Z' },
  ),
  row('clock', 'issued five minutes from now', usual, accept, { now: '2026-06-02T23:55:00.000Z' }),
  row(
    'clock',
    'issued more than five minutes from now',
    usual,
    { ...accept, alarms: ['clock'] },
    { now: '2026-06-02T23:54:59.999Z' },
  ),
];
