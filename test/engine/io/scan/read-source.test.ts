import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sourceReader } from '../../../../engine/io/scan/read-source.ts';
import { temporaryFolder, writeFiles } from '../../../temporary-repository.ts';

/** What the reader says of a file, as text or as why not. */
const readIn = (root: string, largest?: number) => {
  const read = sourceReader(largest);
  return (name: string): unknown => {
    const answer = read({ path: name, file: join(root, name) });
    return answer && 'why' in answer ? answer.why : answer?.text();
  };
};

describe('reading one file after the other', () => {
  it('gives each as text, small after large', () => {
    const root = temporaryFolder();
    const large = 'é'.repeat(100_000);
    writeFiles(root, { 'a.ts': 'a', 'large.ts': large, 'exact.ts': 'x'.repeat(65_536), 'empty.ts': '' });
    const read = readIn(root);
    expect(['a.ts', 'large.ts', 'exact.ts', 'a.ts', 'empty.ts'].map(read)).toEqual([
      'a',
      large,
      'x'.repeat(65_536),
      'a',
      '',
    ]);
  });

  it('says why one is not read, and never fails', () => {
    const root = temporaryFolder();
    writeFiles(root, { 'fits.ts': '1234', 'large.ts': '12345', 'binary.ts': 'a\0', 'a.ts/b.ts': '' });
    symlinkSync('fits.ts', join(root, 'link.ts'));
    symlinkSync('loop.ts', join(root, 'loop.ts'));
    execFileSync('mkfifo', [join(root, 'pipe.ts')]);
    mkdirSync(join(root, 'folder.ts'));
    const read = readIn(root, 4);
    const answers = ['fits', 'large', 'binary', 'link', 'loop', 'pipe', 'folder', 'gone'].map((name) =>
      read(`${name}.ts`),
    );
    const link = 'symbolic link';
    expect(answers).toEqual(['1234', 'too large', 'binary', link, link, 'not a file', 'not a file', undefined]);
    expect(read('fits.ts/below.ts')).toBeUndefined();
  });

  it.skipIf(process.platform !== 'linux')('says that one cannot be read', () => {
    expect(readIn('/proc/self')('mem')).toBe('unreadable');
  });

  it.skipIf(process.platform !== 'linux')('stops at the limit where a file is larger than its size says', () => {
    expect(readIn('/proc/self', 4)('status')).toBe('too large');
  });
});
