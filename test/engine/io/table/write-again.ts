import { writeTable } from '../../../../engine/io/table/write-table.ts';

/*
 * A process of its own that writes one table again and again, until it is killed: the number of the writing is what it says of the table
 * and the value of each of its rows. It says when it begins.
 */

const [file, count] = process.argv.slice(2) as [string, string];

for (let round = 1; ; round++) {
  const rows = Array.from({ length: Number(count) }, (_, at) => ({
    key: `key ${at % 10}`,
    path: String(at),
    value: round,
  }));
  writeTable(file, round, rows);
  if (round === 1) process.stdout.write('begun\n');
}
