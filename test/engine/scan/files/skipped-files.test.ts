import { expect, it } from 'vitest';
import { skippedFiles } from '../../../../engine/scan/files/skipped-files.ts';

it('counts what is skipped by reason, the most frequent first, and keeps a few examples of each', () => {
  const skipped = skippedFiles();
  for (let index = 0; index < 7; index++) skipped.add(`test/${index}.ts`, 'test');
  skipped.add('a.ts', 'too large');
  skipped.add('b.ts', 'binary');
  expect(skipped.list()).toEqual([
    { why: 'test', files: 7, examples: ['test/0.ts', 'test/1.ts', 'test/2.ts', 'test/3.ts', 'test/4.ts'] },
    { why: 'binary', files: 1, examples: ['b.ts'] },
    { why: 'too large', files: 1, examples: ['a.ts'] },
  ]);
});
