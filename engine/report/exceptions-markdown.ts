import type { ExceptionTotals } from '../views/exception-totals.ts';
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
import { markdownTable } from './markdown-table.ts';
import { markdownText } from './markdown-text.ts';
import { plural } from './plural.ts';

/** The page of all exceptions as a document. */
export function exceptionsMarkdown(page: ExceptionsPage): string {
  const head = `## ${markdownText(exceptionsHead(page))}\n`;
  if (page.exceptions.length === 0) return head;
  return [
    head,
    ...exceptionGroups(page).map(
      ([title, of]) =>
        `### ${title}\n\n${markdownTable(whatColumns, of.map(whatCells))}\n${markdownTable(whyColumns, of.map(whyCells))}`,
    ),
    totals(page.totals),
    page.leaving ? leavingMarkdown(page.leaving) : '',
  ]
    .filter(Boolean)
    .join('\n');
}

const totals = (of: ExceptionTotals): string =>
  [
    `### Upkeep today: ${plural(of.hoursPerMonth, 'hour')} a month\n`,
    markdownTable(
      ['owner or place', 'kept true', 'h/month'],
      [...of.byOwner, ...of.byArea].map(({ name, count, hoursPerMonth }) => [
        name,
        String(count),
        String(hoursPerMonth),
      ]),
    ),
    `${decidedText(of)}\n`,
  ].join('\n');

const leavingMarkdown = (leaving: Leaving): string =>
  `### ${markdownText(staysText(leaving))}\n\n${markdownTable(
    ['id', 'what it does', 'then'],
    leaving.records.map(({ id, does, after }) => [id, does, after]),
  )}`;
