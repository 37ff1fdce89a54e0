import type { ExceptionTotals, Upkeep } from '../views/exception-totals.ts';
import type { ListedException } from '../views/listed-exception.ts';
import type { Leaving } from '../views/what-stays.ts';
import {
  decidedText,
  type ExceptionsPage,
  exceptionGroups,
  exceptionsHead,
  staysText,
  whatCells,
  whatColumns,
  whyCells,
  whyColumns,
} from './exceptions-page.ts';
import { indent } from './indent.ts';
import { plain } from './plain.ts';
import { plural } from './plural.ts';
import { shortText } from './short-text.ts';
import { type Column, table } from './table.ts';

const toTheRight: readonly string[] = ['h/month', 'to build', 'worth'];

/** Every exception on one page: what it is and what it costs, who wants it, and what to do about it. */
export function exceptionsText(page: ExceptionsPage): string {
  const head = `${plain(exceptionsHead(page))}\n`;
  if (page.exceptions.length === 0) return head;
  return [
    head,
    ...exceptionGroups(page).map(([title, of]) => groupText(title, of)),
    totalsText(page.totals),
    page.leaving ? leavingText(page.leaving) : '',
  ]
    .filter(Boolean)
    .join('\n');
}

function groupText(title: string, exceptions: readonly ListedException[]): string {
  const columns = (titles: readonly string[]): Column[] =>
    titles.map((name) => (toTheRight.includes(name) ? { title: name, align: 'right' } : { title: name }));
  // The suggestion is the last column and may be as long as it is.
  const short = (cells: readonly string[]) =>
    cells.map((cell, index) => (index === cells.length - 1 ? cell : shortText(cell)));
  return [
    `${title}: ${plural(exceptions.length, 'exception')}\n`,
    indent(
      table(
        columns(whatColumns),
        exceptions.map((each) => short(whatCells(each))),
      ),
    ),
    '\n',
    indent(
      table(
        columns(whyColumns),
        exceptions.map((each) => short(whyCells(each))),
      ),
    ),
  ].join('');
}

function totalsText(totals: ExceptionTotals): string {
  const { hoursPerMonth, byOwner, byArea } = totals;
  const rows = (title: string, upkeep: readonly Upkeep[]) =>
    indent(
      table(
        [{ title }, { title: 'kept true', align: 'right' }, { title: 'h/month', align: 'right' }],
        upkeep.map(({ name, count, hoursPerMonth: hours }) => [name, String(count), String(hours)]),
      ),
    );
  return [
    `Upkeep today: ${plural(hoursPerMonth, 'hour')} a month\n`,
    byOwner.length > 0 ? `${rows('owner', byOwner)}\n${rows('place', byArea)}` : '',
    `\n${decidedText(totals)}\n`,
  ].join('');
}

function leavingText(leaving: Leaving): string {
  const rows = leaving.records.map(({ id, does, after }) => [id, shortText(does), after]);
  return [
    `${plain(staysText(leaving))}\n`,
    indent(table([{ title: 'id' }, { title: 'what it does' }, { title: 'then' }], rows)),
  ].join('');
}
