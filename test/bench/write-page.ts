import { readFileSync, writeFileSync } from 'node:fs';
import { parts } from './parts/registry.ts';
import { performanceTables } from './performance-tables.ts';
import { readRuns } from './run.ts';

/** What follows this line of the page is made; what precedes it is written by hand. */
const MADE = '<!-- Everything below is made by `npm run bench -- --table` from the runs that are kept. -->\n';

/** Puts the tables of the runs kept in a folder into the page, in the place of those it has. */
export function writePage(kept: string, page: string): void {
  const text = readFileSync(page, 'utf8');
  const end = text.indexOf(MADE);
  if (end < 0) throw new Error(`${page} has no line ${MADE}`);
  const tables = performanceTables(readRuns(kept), Object.keys(parts));
  writeFileSync(page, `${text.slice(0, end)}${MADE}\n${tables}`);
}
