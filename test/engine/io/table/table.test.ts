import { lstatSync, readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openTable, type Table } from '../../../../engine/io/table/open-table.ts';
import { TableDamaged } from '../../../../engine/io/table/table-damaged.ts';
import { writeTable } from '../../../../engine/io/table/write-table.ts';
import type { JsonValue, Row } from '../../../../engine/register/row.ts';
import { seed } from '../../../fixtures/release/counts.ts';
import { temporaryFolder } from '../../../temporary-repository.ts';

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const inOrder = (rows: readonly Row[]): Row[] =>
  [...rows].sort(
    (a, b) =>
      compare(a.key, b.key) ||
      compare(a.path, b.path) ||
      compare(JSON.stringify(a.value) ?? '', JSON.stringify(b.value) ?? ''),
  );

function opened(file: string): Table {
  const table = openTable(file);
  if (!table) throw new Error(`${file} is no table`);
  return table;
}

/** Few of many, so that keys are alike, begin one another, and have what UTF-8 or a plain join would lose. */
const piece = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('a', 'ab', 'b', '', '\0', '\x01', '\x02', '\n', 'é', '\uffff', '😀', '\ud83d'),
  },
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.string({ maxLength: 4 }),
);
const text = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''));
const value: fc.Arbitrary<JsonValue | undefined> = fc.option(
  fc.jsonValue({ maxDepth: 2 }).map((each) => JSON.parse(JSON.stringify(each)) as JsonValue),
  { nil: undefined },
);
const long = fc.tuple(text, fc.integer({ min: 1_000, max: 40_000 })).map(([each, size]) => each.padEnd(size, 'ab'));
const row: fc.Arbitrary<Row> = fc
  .record({
    key: fc.oneof({ weight: 9, arbitrary: text }, long),
    path: fc.oneof({ weight: 9, arbitrary: text }, long),
    value,
  })
  .map(({ key, path, value: given }) => (given === undefined ? { key, path } : { key, path, value: given }));

describe('a table', () => {
  it(`answers as a filter over sorted rows does (seed ${seed})`, () => {
    const file = join(temporaryFolder(), 'x.table');
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), fc.array(text, { maxLength: 8 }), value, (rows, others, about) => {
        writeTable(file, about ?? null, rows);
        const table = opened(file);
        const sorted = inOrder(rows);
        expect([table.about, table.rows, [...table.startingWith('')]]).toEqual([about ?? null, rows.length, sorted]);
        const asked = new Set([...rows.flatMap(({ key }) => [key, key.slice(0, -1), `${key}a`]), ...others]);
        for (const key of asked) {
          expect(table.find(key)).toEqual(sorted.filter((each) => each.key === key));
          expect([...table.startingWith(key)]).toEqual(sorted.filter((each) => each.key.startsWith(key)));
        }
        table.close();
      }),
      { seed, numRuns: 200 },
    );
  });

  it.each([
    ['no row', 0],
    ['one row', 1],
    ['rows of one key over many blocks', 5_000],
  ])('of %s', (_, count) => {
    const file = join(temporaryFolder(), 'x.table');
    const rows = Array.from({ length: count }, (_, at) => ({ key: 'k', path: String(at).padStart(9, '0'), value: at }));
    writeTable(file, { version: 1 }, rows.toReversed());
    const table = opened(file);
    expect([table.about, table.rows]).toEqual([{ version: 1 }, count]);
    expect(table.find('k')).toEqual(rows);
    expect([table.find('j'), table.find('k2'), table.find('')]).toEqual([[], [], []]);
    table.close();
  });

  it('keeps the blocks last asked for in memory, and not all of them', () => {
    const file = join(temporaryFolder(), 'x.table');
    const rows = Array.from({ length: 30 }, (_, at) => ({ key: `key ${at + 10}`, path: 'p'.repeat(100_000) }));
    writeTable(file, null, rows);
    const table = opened(file);
    for (const each of rows) {
      expect(table.find(each.key)).toEqual([each]);
      expect(table.find('key 10')).toEqual([rows[0]]);
    }
    truncateSync(file, 0);
    for (const at of [0, 29, 15]) expect(table.find(`key ${at + 10}`)).toEqual([rows[at]]);
    for (const at of [1, 5]) expect(() => table.find(`key ${at + 10}`)).toThrow(TableDamaged);
    table.close();
  });

  it('says nothing once it is closed', () => {
    const file = join(temporaryFolder(), 'x.table');
    writeTable(file, null, [{ key: 'k', path: 'p' }]);
    const table = opened(file);
    const rows = table.startingWith('')[Symbol.iterator]();
    expect(table.find('k')).toEqual([{ key: 'k', path: 'p' }]);
    table.close();
    table.close();
    expect(() => table.find('k')).toThrow(`${file} is closed`);
    expect(() => rows.next()).toThrow(`${file} is closed`);
  });

  it('is for nobody else to read, and leaves nothing beside it', () => {
    const folder = join(temporaryFolder(), 'new');
    writeTable(join(folder, 'x.table'), null, []);
    expect(readdirSync(folder)).toEqual(['x.table']);
    expect([lstatSync(folder).mode & 0o777, lstatSync(join(folder, 'x.table')).mode & 0o777]).toEqual([0o700, 0o600]);
  });
});
