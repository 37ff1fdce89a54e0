import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTable } from '../../../../engine/io/table/open-table.ts';
import { trimTables } from '../../../../engine/io/table/trim-tables.ts';
import { writeTable } from '../../../../engine/io/table/write-table.ts';
import { temporaryFolder } from '../../../temporary-repository.ts';

const row = { key: 'k', path: 'p' };
const draft = (hex: string): string => `x.table.${hex.repeat(8)}-1111-4111-8111-111111111111.draft`;
const setUsed = (file: string, hoursAgo: number): void => {
  const then = new Date(Date.now() - hoursAgo * 3_600_000);
  utimesSync(file, then, then);
};

describe('what is no table', () => {
  it.each<[string, (file: string) => void]>([
    ['nothing', () => {}],
    ['a folder', (file) => mkdirSync(file)],
    ['a pipe nobody writes to', (file) => execFileSync('mkfifo', [file])],
    [
      'a link to a table',
      (file) => {
        writeTable(`${file}.other`, null, [row]);
        symlinkSync(`${file}.other`, file);
      },
    ],
    ['a link to itself', (file) => symlinkSync(file, file)],
    ['an empty file', (file) => writeFileSync(file, '')],
    [
      'a file with a hole of gigabytes',
      (file) => {
        writeFileSync(file, 'proviso table 1\n');
        truncateSync(file, 8 * 2 ** 30);
      },
    ],
  ])('is not opened: %s', (_, make) => {
    const file = join(temporaryFolder(), 'x.table');
    make(file);
    expect(openTable(file)).toBeUndefined();
  });
});

describe('a new table', () => {
  it('takes the place of the old one, which whoever has it open goes on reading', () => {
    const file = join(temporaryFolder(), 'x.table');
    const rows = Array.from({ length: 3_000 }, (_, at) => ({
      key: `key ${at}`,
      path: 'a file with a long name',
      value: at,
    }));
    writeTable(file, 'old', rows);
    const old = openTable(file);
    writeTable(file, 'new', [row]);
    expect([old?.about, old?.find('key 2999')]).toEqual(['old', [rows[2_999]]]);
    old?.close();
    const table = openTable(file);
    expect([table?.about, table?.find('k')]).toEqual(['new', [row]]);
    table?.close();
  });

  it('takes the place of a link, and leaves alone where that leads', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'mine'), 'mine');
    symlinkSync('mine', join(folder, 'x.table'));
    writeTable(join(folder, 'x.table'), null, [row]);
    openTable(join(folder, 'x.table'))?.close();
    expect(readFileSync(join(folder, 'mine'), 'utf8')).toBe('mine');
  });

  it.each<[string, () => Iterable<typeof row>]>([
    [
      'its rows break off',
      function* rows() {
        yield row;
        throw new Error('broken off');
      },
    ],
    ['it has too much to say', () => []],
  ])('leaves the old one when %s', (what, rows) => {
    const folder = temporaryFolder();
    const file = join(folder, 'x.table');
    writeTable(file, 'old', [row]);
    const about = what.startsWith('it has') ? 'x'.repeat(16_777_216) : null;
    expect(() => writeTable(file, about, rows())).toThrow(/^(broken off|there is too much for one table)$/);
    expect(readdirSync(folder)).toEqual(['x.table']);
    const table = openTable(file);
    expect(table?.about).toBe('old');
    table?.close();
  });

  it('is not written where a folder is', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'x.table'));
    expect(() => writeTable(join(folder, 'x.table'), null, [row])).toThrow(/EISDIR|EEXIST|EPERM/);
    expect(readdirSync(folder)).toEqual(['x.table']);
  });

  it('clears away what writers left that were killed more than an hour ago', () => {
    const folder = temporaryFolder();
    const names = [draft('a'), draft('b'), 'mine.draft'];
    for (const name of names) writeFileSync(join(folder, name), '');
    for (const name of [draft('a'), 'mine.draft']) setUsed(join(folder, name), 2);
    writeTable(join(folder, 'x.table'), null, []);
    expect(readdirSync(folder).sort()).toEqual(['mine.draft', 'x.table', draft('b')]);
  });
});

describe('a folder of tables', () => {
  /** Tables a to d, written hours ago in turn, and what is none. */
  function folderOfTables(): string {
    const folder = temporaryFolder();
    for (const [at, name] of ['a', 'b', 'c', 'd'].entries()) {
      writeTable(join(folder, `${name}.table`), null, [{ key: 'k', path: 'x'.repeat(1_000) }]);
      setUsed(join(folder, `${name}.table`), 10 - at);
    }
    writeFileSync(join(folder, 'notes.txt'), 'x'.repeat(100_000));
    mkdirSync(join(folder, 'folder.table'));
    setUsed(join(folder, 'notes.txt'), 100);
    return folder;
  }

  it.each([
    ['as it is below its limits', { files: 4, bytes: 10_000 }, ['a', 'b', 'c', 'd']],
    ['with so many files', { files: 2, bytes: 10_000 }, ['c', 'd']],
    ['with so many bytes', { files: 10, bytes: 3_500 }, ['b', 'c', 'd']],
    ['empty', { files: 10, bytes: 10 }, []],
  ])('is left %s', (_, limits, left) => {
    const folder = folderOfTables();
    trimTables(folder, limits);
    expect(readdirSync(folder).sort()).toEqual([...left.map((name) => `${name}.table`), 'folder.table', 'notes.txt']);
  });

  it('keeps what was opened last', () => {
    const folder = folderOfTables();
    const table = openTable(join(folder, 'a.table'));
    trimTables(folder, { files: 1, bytes: 10_000 });
    expect(readdirSync(folder).sort()).toEqual(['a.table', 'folder.table', 'notes.txt']);
    trimTables(folder, { files: 0, bytes: 0 });
    expect(table?.find('k')).toHaveLength(1);
    table?.close();
  });

  it('is none where there is none', () => {
    expect(() => trimTables(join(temporaryFolder(), 'none'), { files: 1, bytes: 1 })).not.toThrow();
  });
});
