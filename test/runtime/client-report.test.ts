import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ClientReport, decodeReport, encodeReport } from '../../runtime/snapshot/client-report.ts';

const root = 'a'.repeat(64);
const report: ClientReport = {
  v: 1,
  client: 'web-1',
  reader: 1,
  channel: 'stable',
  release: 42,
  epoch: 2,
  root,
  follows: { channel: 'canary', reader: 'eu-1' },
  canary: { channel: 'canary', release: 7, epoch: 2, root },
  source: 'store',
  state: 'fresh',
  since: '2026-06-01T12:00:00.000Z',
  at: '2026-06-01T12:01:00.000Z',
  every: 60_000,
};
const bytesOf = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

describe('what a client says of itself', () => {
  test('comes back as it was said', () => {
    expect(decodeReport(encodeReport(report))).toEqual(report);
    const { follows: _, canary: __, ...plain } = report;
    expect(decodeReport(encodeReport(plain))).toEqual(plain);
  });

  test('has at most 1 kB, whatever it is called', () => {
    const long = '\u{1f600}'.repeat(50);
    const longest: ClientReport = {
      ...report,
      client: long,
      channel: 'c'.repeat(63),
      follows: { channel: 'c'.repeat(63), reader: 'é'.repeat(100) },
      canary: { channel: 'c'.repeat(63), release: Number.MAX_SAFE_INTEGER, epoch: Number.MAX_SAFE_INTEGER, root },
    };
    expect(encodeReport(longest).length).toBeLessThanOrEqual(1_024);
    expect(decodeReport(encodeReport(longest))).toMatchObject({ client: long });
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['a list', []],
    ['null', null],
    ['another version', { ...report, v: 2 }],
    ['a name that is empty', { ...report, client: '' }],
    ['a name that is too long', { ...report, client: 'x'.repeat(101) }],
    ['a name that is a number', { ...report, client: 7 }],
    ['no channel', { ...report, channel: undefined }],
    ['a release below none', { ...report, release: -1 }],
    ['a release that is no whole number', { ...report, release: 1.5 }],
    ['an epoch in words', { ...report, epoch: 'two' }],
    ['a root that is no hash', { ...report, root: 'x' }],
    ['a source there is not', { ...report, source: 'toString' }],
    ['a state there is not', { ...report, state: 'fine' }],
    ['a time that is none', { ...report, at: 'yesterday' }],
    ['a since without zone', { ...report, since: '2026-06-01' }],
    ['a pace without end', { ...report, every: 1e12 }],
    ['a pace of nothing', { ...report, every: 0 }],
    ['a canary in words', { ...report, canary: 'yes' }],
    ['a canary without root', { ...report, canary: { channel: 'canary', release: 1, epoch: 0 } }],
    ['a reader without name', { ...report, follows: { channel: 'canary' } }],
  ])('is none with %s', (_, value) => {
    expect(decodeReport(bytesOf(value ?? ''))).toBeUndefined();
  });

  test('is none in any other bytes, and reading them never fails', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 2_048 }),
          fc.json().map((text) => Buffer.from(text)),
        ),
        (bytes) => {
          expect(decodeReport(bytes)).toBeUndefined();
        },
      ),
      { numRuns: 500 },
    );
  });
});
