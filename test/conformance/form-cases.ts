import { headType } from '../../runtime/snapshot/head.ts';
import { keysetType } from '../../runtime/snapshot/keyset.ts';
import { sha256 } from '../../runtime/snapshot/object.ts';
import { testKey } from '../fixtures/signing/test-key.ts';
import {
  accept,
  changed,
  flipped,
  hashOf,
  one,
  payloadOf,
  refuse,
  replaced,
  resigned,
  row,
  usual,
} from './case-words.ts';
import type { HeadCase } from './head-case.ts';
import { head, keyset, seal, signAs, usualHead } from './head-world.ts';

/** Whether it can be read, and who signed it. */
export const formCases: readonly HeadCase[] = [
  row('ordinary', 'the first head a reader sees', usual, { ...accept, trust: one }),
  row('ordinary', 'the next release', head({ of: one }, { n: 8 }), accept, { best: hashOf(usual) }),
  row('ordinary', 'a release after one that was missed', head({ of: one }, { n: 12 }), accept, { best: hashOf(usual) }),
  row('ordinary', 'the head that was served already', usual, { verdict: 'same' }, { best: hashOf(usual) }),
  ...(['rollback', 'refresh', 'promote', 'abort'] as const).map((kind) =>
    row('ordinary', `a head of the kind ${kind}`, head({ of: one }, { kind, n: 8 }), accept, { best: hashOf(usual) }),
  ),
  row(
    'ordinary',
    'fields of later versions, in payload and envelope',
    head({ of: one }, { later: { a: 1 } }, { later: true }),
    accept,
  ),
  row('ordinary', 'a second signature by somebody unknown', head({ of: one, by: ['stranger', 'head 1'] }), accept),
  row(
    'ordinary',
    'a signature of a shape nobody knows beside a good one',
    resigned(usual, (good) => [{ later: 1 }, good]),
    accept,
  ),
  row(
    'ordinary',
    'a keyset with two head keys, signed by the other',
    head({ of: keyset({ version: 1, prev: null, heads: ['head 1', 'head x'] }), by: ['head x'] }),
    accept,
    {
      pinned: keyset({ version: 1, prev: null, heads: ['head 1', 'head x'] }),
    },
  ),

  row('arbitrary release', 'no signature', head({ of: one, by: [] }), refuse('signature')),
  row('arbitrary release', 'signed by a stranger', head({ of: one, by: ['stranger'] }), refuse('signature')),
  row(
    'arbitrary release',
    "signed by a stranger in a head key's name",
    resigned(head({ of: one, by: ['stranger'] }), ({ sig }) => [{ keyid: testKey('head 1').keyid, sig }]),
    refuse('signature'),
  ),
  row(
    'arbitrary release',
    'a head key named by another id',
    resigned(usual, ({ sig }) => [{ keyid: 'head', sig }]),
    refuse('signature'),
  ),
  row('arbitrary release', 'a flipped bit in the signature', flipped(usual), refuse('signature')),
  row(
    'arbitrary release',
    'a signature cut short',
    resigned(usual, ({ keyid, sig }) => [
      { keyid, sig: Buffer.from(sig, 'base64').subarray(0, 63).toString('base64') },
    ]),
    refuse('signature'),
  ),
  row(
    'arbitrary release',
    'a signature with a byte more',
    resigned(usual, ({ keyid, sig }) => [
      { keyid, sig: Buffer.concat([Buffer.from(sig, 'base64'), Buffer.alloc(1)]).toString('base64') },
    ]),
    refuse('signature'),
  ),
  row(
    'arbitrary release',
    'another root under the same signature',
    changed({ root: sha256('other') }),
    refuse('signature'),
  ),
  row('arbitrary release', 'a higher number under the same signature', changed({ n: 8 }), refuse('signature')),
  row(
    'arbitrary release',
    'a later end of freshness under the same signature',
    changed({ staleAfter: '2030-01-01T00:00:00.000Z' }),
    refuse('signature'),
  ),
  row('arbitrary release', 'signed by a root key', head({ of: one, by: ['root a'] }), refuse('signature')),
  row('arbitrary release', 'no keyset named', head({ of: undefined }), refuse('unsigned')),
  row(
    'arbitrary release',
    'nobody signs, and the reader wants signatures',
    head({ of: undefined, epoch: 0, by: [] }),
    refuse('unsigned'),
  ),
  row(
    'arbitrary release',
    'a keyset of a stranger',
    head({ of: keyset({ version: 1, prev: null, roots: ['stranger'] }) }),
    refuse('keyset'),
    { objects: [keyset({ version: 1, prev: null, roots: ['stranger'] })] },
  ),
  row(
    'arbitrary release',
    'a reader for trying out takes what nobody signed',
    head({ of: undefined, epoch: 0, by: [] }),
    accept,
    { pinned: null },
  ),

  row(
    'wrong type',
    'a payload signed as a keyset',
    replaced(usual, { signatures: [signAs('head 1', keysetType, Buffer.from(payloadOf(usual), 'base64'))] }),
    refuse('signature'),
  ),
  row(
    'wrong type',
    'signed without a type',
    replaced(usual, { signatures: [signAs('head 1', '', Buffer.from(payloadOf(usual), 'base64'))] }),
    refuse('signature'),
  ),
  row('wrong type', 'an envelope of a keyset', one, refuse('form')),
  row('wrong type', 'an envelope of another type', seal('application/json', usualHead, ['head 1']), refuse('form')),
  row(
    'wrong type',
    'lengths that add up to the same bytes',
    replaced(usual, {
      signatures: [
        signAs(
          'head 1',
          `${headType} ${Buffer.from(payloadOf(usual), 'base64').length}`,
          Buffer.from(payloadOf(usual), 'base64'),
        ),
      ],
    }),
    refuse('signature'),
  ),

  row(
    'spelling',
    'a payload in base64 without its padding',
    replaced(head({ of: one }, { later: 'ab' }), {
      payload: payloadOf(head({ of: one }, { later: 'ab' })).replace(/=+$/, ''),
    }),
    refuse('form'),
  ),
  row(
    'spelling',
    'a payload in base64 with a space',
    replaced(usual, { payload: ` ${payloadOf(usual)}` }),
    refuse('form'),
  ),
  row(
    'spelling',
    'a payload in the base64 of addresses',
    replaced(head({ of: one }, { later: '???>>>' }), {
      payload: payloadOf(head({ of: one }, { later: '???>>>' }))
        .replaceAll('+', '-')
        .replaceAll('/', '_'),
    }),
    refuse('form'),
  ),
  row(
    'spelling',
    'a signature in base64 without its padding',
    resigned(usual, ({ keyid, sig }) => [{ keyid, sig: sig.replace(/=+$/, '') }]),
    refuse('signature'),
  ),
  row(
    'spelling',
    'a byte order mark before the envelope',
    Buffer.concat([Buffer.from('efbbbf', 'hex'), usual.bytes]),
    refuse('form'),
  ),
  row('spelling', 'a day instead of an instant', head({ of: one }, { issuedAt: '2026-06-03' }), refuse('form')),
  row(
    'spelling',
    'an instant there is not',
    head({ of: one }, { staleAfter: '2026-02-30T00:00:00.000Z' }),
    refuse('form'),
  ),
  row('spelling', 'a hash in capitals', head({ of: one }, { root: sha256('root').toUpperCase() }), refuse('form')),
  row('spelling', 'a number beyond what all languages count', head({ of: one }, { n: 2 ** 53 }), refuse('form')),
  row('spelling', 'number zero', head({ of: one }, { n: 0 }), refuse('form')),
  row('spelling', 'a kind nobody knows', head({ of: one }, { kind: 'deploy' }), refuse('form')),
  row('spelling', 'a version nobody knows', head({ of: one }, { v: 2 }), refuse('form')),
  row('spelling', 'a list instead of an object', seal(headType, '[]', ['head 1']), refuse('form')),
  row('spelling', 'nothing at all', Buffer.alloc(0), refuse('form')),
  row('spelling', 'half of an envelope', usual.bytes.subarray(0, usual.bytes.length / 2), refuse('form')),
  row(
    'spelling',
    'a year of more than four digits',
    head({ of: one }, { staleAfter: '+012345-01-01T00:00:00.000Z' }),
    refuse('form'),
  ),
];
