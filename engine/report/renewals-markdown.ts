import { markdownTable } from './markdown-table.ts';
import { type RenewalsPage, renewalsHead, renewalsTables } from './renewals-page.ts';

/** What ends, renews or asks for notice soon, as a document. */
export const renewalsMarkdown = (page: RenewalsPage): string =>
  [
    `## ${renewalsHead(page)}\n`,
    ...renewalsTables(page).map(({ title, columns, rows }) => `### ${title}\n\n${markdownTable(columns, rows)}`),
  ].join('\n');
