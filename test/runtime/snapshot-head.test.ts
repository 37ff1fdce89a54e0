import { describe, expect, test } from 'vitest';
import {
  compareOrder,
  decodeHead,
  encodeHead,
  type HeadPayload,
  headType,
  maxHeadBytes,
} from '../../runtime/snapshot/head.ts';
import { sha256 } from '../../runtime/snapshot/object.ts';

const payload: HeadPayload = {
  v: 1,
  repo: 'acme/terms',
  env: 'production',
  channel: 'stable',
  epoch: 1,
  n: 7,
  prev: sha256('head 6'),
  kind: 'rollback',
  root: sha256('root'),
  count: 412,
  commit: '4f1c2ab',
  policyDigest: 'none',
  evidence: 'bootstrap',
  schema: { writes: 1, minReader: 1 },
  issuedAt: '2026-06-03T00:00:00.000Z',
  staleAfter: '2026-06-03T02:00:00.000Z',
  releaseHold: 'c0ffee0',
};

const envelopeOf = (value: unknown, rest: object = {}): Uint8Array =>
  Buffer.from(
    JSON.stringify({
      payloadType: headType,
      payload: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64'),
      signatures: [],
      ...rest,
    }),
  );

describe('a head', () => {
  test('comes back as it was written, named by the sha256 of its envelope', () => {
    const { envelope, hash } = encodeHead(payload);
    expect(decodeHead(envelope)).toEqual({ payload, hash });
    expect(hash).toBe(sha256(envelope));
    expect(JSON.parse(Buffer.from(envelope).toString())).toEqual({
      payloadType: 'application/vnd.proviso.head+json',
      payload: expect.stringMatching(/^[A-Za-z0-9+/]+=*$/),
      signatures: [],
    });
  });

  test('is the same bytes whatever the order of its fields', () => {
    const reversed = Object.fromEntries(Object.entries(payload).reverse()) as unknown as HeadPayload;
    expect(encodeHead(reversed)).toEqual(encodeHead(payload));
  });

  test('is read with signatures and with fields of later versions', () => {
    const signed = envelopeOf({ ...payload, later: true }, { signatures: [{ keyid: 'k', sig: 's' }] });
    expect(decodeHead(signed).payload).toMatchObject(payload);
  });

  test('first of all has nothing before it, and needs no hold', () => {
    const { releaseHold: _, ...first } = { ...payload, n: 1, prev: null, kind: 'publish' as const };
    expect(decodeHead(encodeHead(first).envelope).payload).toEqual(first);
  });

  test.each<[string, Uint8Array]>([
    ['nothing', Buffer.alloc(0)],
    ['no JSON', Buffer.from('{')],
    ['a JSON scalar', Buffer.from('null')],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['another type', envelopeOf(payload, { payloadType: 'application/json' })],
    ['no signatures', envelopeOf(payload, { signatures: undefined })],
    ['a payload that is no text', envelopeOf(payload, { payload: 1 })],
    ['a payload that is no JSON', envelopeOf('nonsense')],
    ['another version', envelopeOf({ ...payload, v: 2 })],
    ['more than a head may be', envelopeOf({ ...payload, pad: 'x'.repeat(maxHeadBytes) })],
  ])('is refused when it is %s', (_, envelope) => {
    expect(() => decodeHead(envelope)).toThrow(
      expect.objectContaining({ name: 'SnapshotError', reason: 'form', object: sha256(envelope) }),
    );
  });

  test.each<[keyof HeadPayload, unknown]>([
    ['repo', ''],
    ['env', 1],
    ['channel', undefined],
    ['epoch', -1],
    ['n', 0],
    ['n', 1.5],
    ['n', 2 ** 53],
    ['prev', undefined],
    ['prev', 'abc'],
    ['kind', 'deploy'],
    ['root', sha256('root').toUpperCase()],
    ['count', '412'],
    ['commit', null],
    ['policyDigest', undefined],
    ['evidence', undefined],
    ['schema', null],
    ['schema', { writes: 1 }],
    ['issuedAt', 'yesterday'],
    ['staleAfter', 1],
    ['releaseHold', null],
  ])('is refused when its %s is %j', (field, value) => {
    expect(() => decodeHead(envelopeOf({ ...payload, [field]: value }))).toThrow(`\`${field}\``);
  });

  test('that would be too large is not written', () => {
    expect(() => encodeHead({ ...payload, evidence: 'x'.repeat(maxHeadBytes) })).toThrow(RangeError);
  });

  test('comes after another by epoch first, then by number', () => {
    const order = [
      { epoch: 2, n: 1 },
      { epoch: 1, n: 10 },
      { epoch: 1, n: 9 },
      { epoch: 2, n: 0 },
    ];
    expect([...order].sort(compareOrder)).toEqual([order[2], order[1], order[3], order[0]]);
    expect(compareOrder({ epoch: 1, n: 1 }, { epoch: 1, n: 1 })).toBe(0);
  });
});
