import { indent } from './indent.ts';
import { type RenewalsPage, renewalsHead, renewalsTables } from './renewals-page.ts';
import { shortText } from './short-text.ts';
import { table } from './table.ts';

/** What ends, renews or asks for notice soon, for people. */
export function renewalsText(page: RenewalsPage): string {
  const tables = renewalsTables(page).map(({ title, columns, rows }) => {
    const last = columns.length - 1;
    const short = rows.map((row) => row.map((cell, index) => (index === last ? cell : shortText(cell))));
    const titles = columns.map((name) => ({ title: name }));
    return `${title}\n${indent(table(titles, short))}`;
  });
  return [`${renewalsHead(page)}\n`, ...tables].join('\n');
}
