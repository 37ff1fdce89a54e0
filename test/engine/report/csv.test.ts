import { expect, it } from 'vitest';
import { csv } from '../../../engine/report/csv.ts';

it('quotes what needs quotes, ends lines in CRLF and leaves numbers alone', () => {
  expect(
    csv(
      ['a', 'b'],
      [
        ['x, "y"', -3],
        ['two\nlines', undefined],
      ],
    ),
  ).toBe('a,b\r\n"x, ""y""",-3\r\n"two\nlines",\r\n');
});

it.each([
  ['=1+1'],
  ['+49 30 1234'],
  ['-2'],
  ['@SUM(A1)'],
  ['  =1+1'],
  ['\t=1+1'],
  ['\r=1+1'],
  ['\n=1+1'],
  ['\u00a0=1+1'],
  ['＝1+1'],
  ['＠a'],
])('%j is no formula in a spreadsheet', (text) => {
  const [, row = ''] = csv(['a'], [[text]]).split('a\r\n');
  expect(row.replace(/^"/, '')).toMatch(/^'/);
});

it('what is no formula stays as it is', () => {
  expect(csv(['a'], [['1=1'], ['a-b'], ['']])).toBe('a\r\n1=1\r\na-b\r\n\r\n');
});
