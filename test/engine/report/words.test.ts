import { expect, it } from 'vitest';
import { approvedByText } from '../../../engine/report/approved-by-text.ts';
import { list } from '../../../engine/report/list.ts';
import { plain } from '../../../engine/report/plain.ts';
import { grouped, plural } from '../../../engine/report/plural.ts';
import { table } from '../../../engine/report/table.ts';
import { width } from '../../../engine/report/width.ts';

it.each([
  ['Acme & Søn, 株式会社 🎉', 'Acme & Søn, 株式会社 🎉'],
  ['\u001b[2J\u001b[31mred', '\\u001b[2J\\u001b[31mred'],
  ['two\nlines\r\n\tand a tab', 'two\\u000alines\\u000d\\u000a\\u0009and a tab'],
  ['null\u0000 del\u007f c1\u009b', 'null\\u0000 del\\u007f c1\\u009b'],
  ['abc\u202egpj.exe\u202c', 'abc\\u202egpj.exe\\u202c'],
  ['zero\u200bwidth \ufeff \u2066x\u2069', 'zero\\u200bwidth \\ufeff \\u2066x\\u2069'],
  ['line\u2028separator', 'line\\u2028separator'],
  ['lone \ud800 and \udc00 halves', 'lone \\ud800 and \\udc00 halves'],
])('plain(%j)', (text, shown) => {
  expect(plain(text)).toBe(shown);
});

it('plural and grouped', () => {
  expect([0, 1, 2, 1_000, 1_234_567].map((count) => plural(count, 'file'))).toEqual([
    '0 files',
    '1 file',
    '2 files',
    '1,000 files',
    '1,234,567 files',
  ]);
  expect(plural(2, 'policy', 'policies')).toBe('2 policies');
  expect(grouped(999)).toBe('999');
});

it('list', () => {
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map((words) => list(words))).toEqual([
    '',
    'a',
    'a and b',
    'a, b and c',
  ]);
  expect(list(['a', 'b', 'c', 'd'], 2)).toBe('a, b and 2 more');
});

it.each([
  ['abc', 3],
  ['株式', 4],
  ['e\u0301', 1],
  ['🎉', 2],
  ['한국어', 6],
  ['', 0],
])('width(%j) is %i', (text, columns) => {
  expect(width(text)).toBe(columns);
});

it('table aligns columns, also with wide and hostile cells and short rows', () => {
  const columns = [{ title: 'customer' }, { title: 'seats', align: 'right' as const }, { title: 'why' }];
  expect(
    table(columns, [
      ['acme', '5', 'a trial'],
      ['株式会社', '1,200', ''],
      ['evil\u001b[2J\nrow', '7'],
    ]),
  ).toBe(
    [
      'customer                seats  why',
      'acme                        5  a trial',
      '株式会社                1,200',
      'evil\\u001b[2J\\u000arow      7',
      '',
    ].join('\n'),
  );
});

it('names each person once, with what was approved and where', () => {
  const commit = '3f2a91c04b7d55aa';
  expect(
    approvedByText([
      { id: 1003, login: 'ola', class: 'finance', pull: 12, commit },
      { id: 1002, class: 'finance', pull: 12, commit },
      { id: 1003, login: 'ola', class: 'legal', pull: 12, commit },
    ]),
  ).toBe('ola (finance and legal, #12), user 1002 (finance, #12)');
  expect(approvedByText([{ id: 1003, login: 'ola', class: 'finance', commit }])).toBe('ola (finance, 3f2a91c04b7d)');
  expect(approvedByText([])).toBe('');
});
