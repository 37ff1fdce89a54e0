import { describe, expect, it } from 'vitest';
import { pathPattern } from '../../../engine/doctor/path-pattern.ts';

const paths = [
  'README.md',
  'docs/README.md',
  'docs/api/index.md',
  'src/docs/index.md',
  'plans/studio@1.yaml',
  'customers/a/acme.yaml',
];

describe('a pattern of paths', () => {
  it.each([
    ['*', paths],
    ['**', paths],
    ['/docs/', ['docs/README.md', 'docs/api/index.md']],
    ['/docs', ['docs/README.md', 'docs/api/index.md']],
    ['docs/', ['docs/README.md', 'docs/api/index.md', 'src/docs/index.md']],
    ['docs', ['docs/README.md', 'docs/api/index.md', 'src/docs/index.md']],
    ['docs/*', ['docs/README.md']],
    ['docs/**', ['docs/README.md', 'docs/api/index.md']],
    ['**/docs/*', ['docs/README.md', 'src/docs/index.md']],
    ['docs/**/index.md', ['docs/api/index.md']],
    ['*.md', ['README.md', 'docs/README.md', 'docs/api/index.md', 'src/docs/index.md']],
    ['/*.md', ['README.md']],
    ['*.yaml', ['plans/studio@1.yaml', 'customers/a/acme.yaml']],
    ['plans/*@?.yaml', ['plans/studio@1.yaml']],
    ['customers/*/', ['customers/a/acme.yaml']],
    ['customers/*', []],
    ['READ\\ME.md', ['README.md', 'docs/README.md']],
    ['readme.md', []],
    ['doc', []],
    ['/README.md/', []],
    ['a.b', []],
  ])('%s', (pattern, expected) => {
    expect(paths.filter(pathPattern(pattern))).toEqual(expected);
  });

  it('never takes longer than its length by that of the path', () => {
    const hostile = pathPattern(`${'*a'.repeat(2_000)}b`);
    expect(hostile('a'.repeat(4_000))).toBe(false);
    expect(pathPattern(`${'**/a/'.repeat(500)}b`)(`${'a/'.repeat(1_000)}c`)).toBe(false);
  });
});
