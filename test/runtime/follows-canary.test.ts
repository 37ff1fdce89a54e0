import { describe, expect, test } from 'vitest';
import { bucketOf, followsCanary } from '../../runtime/snapshot/follows-canary.ts';
import type { HeadPayload } from '../../runtime/snapshot/head.ts';
import { sha256 } from '../../runtime/snapshot/object.ts';
import { sampleTarget } from '../fixtures/release/sample.ts';

const NAMES = Array.from({ length: 20_000 }, (_, index) => `web-${index}`);
const headOf = (change: Partial<HeadPayload> = {}): HeadPayload => ({
  v: 1,
  repo: sampleTarget.repo,
  env: 'production',
  channel: 'stable',
  epoch: 0,
  n: 1,
  prev: null,
  kind: 'publish',
  root: sha256('one'),
  count: 2,
  commit: 'c1',
  policyDigest: 'none',
  evidence: 'none',
  schema: { writes: 1, minReader: 1 },
  issuedAt: '2026-06-03T00:00:00.000Z',
  staleAfter: '2026-06-04T00:00:00.000Z',
  ...change,
});
const stable = headOf();
const canaryOf = (percent: number, readers?: string[], change: Partial<HeadPayload> = {}): HeadPayload =>
  headOf({
    channel: 'canary',
    root: sha256('two'),
    canary: { percent, ...(readers && { readers }), over: stable.root },
    ...change,
  });
const followers = (percent: number): string[] => NAMES.filter((name) => followsCanary(canaryOf(percent), stable, name));

describe('a share', () => {
  test.each([0, 0.5, 1, 5, 10, 25, 33.33, 50, 90, 100])('of %d %% is that many of 20,000 names', (percent) => {
    const share = (followers(percent).length / NAMES.length) * 100;
    expect(Math.abs(share - percent)).toBeLessThanOrEqual(1);
    if (percent === 0 || percent === 100) expect(share).toBe(percent);
  });

  test('that is raised keeps everybody who had it', () => {
    let had = new Set<string>();
    for (const percent of [0.01, 1, 1.1, 5, 20, 57, 99.99, 100]) {
      const has = new Set(followers(percent));
      expect([...had].filter((name) => !has.has(name))).toEqual([]);
      had = has;
    }
    expect(had.size).toBe(NAMES.length);
  });

  test('goes by buckets that any language can count, and not by the release', () => {
    // sha256("production/canary/web-7") begins with these digits.
    expect(sha256('production/canary/web-7').slice(0, 8)).toBe('d568db44');
    expect(bucketOf('production', 'canary', 'web-7')).toBe(8884);
    const at = (percent: number) => followsCanary(canaryOf(percent), stable, 'web-7');
    expect([at(88.84), at(88.85)]).toEqual([false, true]);
    expect(bucketOf('production', 'beta', 'web-7')).not.toBe(8884);
    expect(bucketOf('staging', 'canary', 'web-7')).not.toBe(8884);
  });

  test.each<[string, HeadPayload, HeadPayload, boolean]>([
    ['a name that is named', canaryOf(0, ['web-7']), stable, true],
    ['a name that is not', canaryOf(0, ['web-8']), stable, false],
    ['what is not out any more', headOf({ channel: 'canary', root: sha256('two') }), stable, false],
    ['what is over another release', canaryOf(100), headOf({ root: sha256('three') }), false],
    ['what was there before a rollback', canaryOf(100), headOf({ releaseHold: 'c3' }), false],
    ['what came after a rollback', canaryOf(100, [], { releaseHold: 'c3' }), headOf({ releaseHold: 'c3' }), true],
  ])('followed or not: %s', (_, canary, over, follows) => {
    expect(followsCanary(canary, over, 'web-7')).toBe(follows);
  });
});
