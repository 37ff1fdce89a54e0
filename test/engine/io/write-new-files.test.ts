import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeNewFiles } from '../../../engine/io/write-new-files.ts';
import { UsageError } from '../../../engine/usage-error.ts';
import { temporaryFolder, writeFiles } from '../../temporary-repository.ts';

const files = [
  { path: 'a.txt', text: 'a\n' },
  { path: 'b/c/d.txt', text: 'd\n' },
];
const help = 'begin in an empty folder, or move what is in the way';
const below = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();

describe('files that are new', () => {
  it('are written with their folders, beside what is there', () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'b/other.txt': 'kept\n' });
    writeNewFiles(join(folder, 'b'), files);
    expect(below(folder)).toEqual(['b', 'b/a.txt', 'b/b', 'b/b/c', 'b/b/c/d.txt', 'b/other.txt']);
    expect(readFileSync(join(folder, 'b/b/c/d.txt'), 'utf8')).toBe('d\n');
  });

  it.each([
    ['one of them', { 'b/c/d.txt': 'mine\n' }, 'b/c/d.txt is there already'],
    ['a file where a folder has to be', { b: 'mine\n' }, 'b is there already'],
    ['all of them', { 'a.txt': '', 'b/c/d.txt': '' }, 'a.txt and b/c/d.txt are there already'],
  ])('are none where the folder holds %s', (_, there, message) => {
    const folder = temporaryFolder();
    writeFiles(folder, there);
    const before = below(folder);
    expect(() => writeNewFiles(folder, files)).toThrow(new UsageError(`nothing was written: ${message}`, help));
    expect(below(folder)).toEqual(before);
  });

  it('are none where a link leads elsewhere, even to nothing', () => {
    const [folder, elsewhere] = [temporaryFolder(), temporaryFolder()];
    symlinkSync(elsewhere, join(folder, 'b'));
    symlinkSync('nowhere', join(folder, 'a.txt'));
    expect(() => writeNewFiles(folder, files)).toThrow('nothing was written: a.txt and b are there already');
    expect(below(elsewhere)).toEqual([]);
  });

  it('are taken back when one of them cannot be written', () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'mine.txt': 'mine\n' });
    const impossible = [...files, { path: 'a.txt/e.txt', text: 'e\n' }];
    expect(() => writeNewFiles(folder, impossible)).toThrow(/^nothing was written: /);
    expect(below(folder)).toEqual(['mine.txt']);
  });
});
