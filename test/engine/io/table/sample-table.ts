import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Table } from '../../../../engine/io/table/open-table.ts';
import { TableDamaged } from '../../../../engine/io/table/table-damaged.ts';
import { writeTable } from '../../../../engine/io/table/write-table.ts';
import type { Row } from '../../../../engine/register/row.ts';
import { temporaryFolder } from '../../../temporary-repository.ts';

export type Open = (file: string) => Table | undefined;

/** Rows of three keys; with a long filling they take several blocks. */
export const sampleRows = (filling: string): Row[] =>
  ['bird', 'cat', 'cat', 'catfish'].map((key, at) => ({ key, path: `${at}.yaml`, value: { at, filling } }));

export function sampleBytes(rows: readonly Row[]): Buffer {
  const file = join(temporaryFolder(), 'x.table');
  writeTable(file, { version: 1 }, rows);
  return readFileSync(file);
}

/** What is asked of a table, each with what it must answer. `rows` are in order. */
const questionsOf = (rows: readonly Row[]): ((table: Table) => [got: unknown, right: unknown])[] => [
  (table) => [
    [table.about, table.rows],
    [{ version: 1 }, rows.length],
  ],
  (table) => [[...table.startingWith('')], rows],
  (table) => [[...table.startingWith('cat')], rows.filter(({ key }) => key.startsWith('cat'))],
  ...['bird', 'cat', 'catfish', 'dog'].map((asked) => (table: Table): [unknown, unknown] => [
    table.find(asked),
    rows.filter(({ key }) => key === asked),
  ]),
];

/** Whether a file, whatever was done to it, gives right answers only, says of some that it is damaged, or is none; or else what it answers wrongly. */
export function judgeTable(
  open: Open,
  file: string,
  rows: readonly Row[],
): 'right' | 'damaged' | 'none' | { wrong: unknown } {
  const table = open(file);
  if (!table) return 'none';
  let verdict: 'right' | 'damaged' = 'right';
  try {
    for (const question of questionsOf(rows))
      try {
        const [got, right] = question(table);
        if (!isDeepStrictEqual(got, right)) return { wrong: got };
      } catch (error) {
        // By its name: a reader that was weakened has a class of its own.
        if ((error as Error).name !== TableDamaged.name) return { wrong: error };
        verdict = 'damaged';
      }
  } finally {
    table.close();
  }
  return verdict;
}
