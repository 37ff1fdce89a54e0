import { runChecks } from '../checks/run-checks.ts';
import { checkWorld } from '../compile/check-world.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { AgendaItem } from './agenda-item.ts';
import type { Company } from './company.ts';
import { standingChange } from './standing-change.ts';

/** What other topics of the agenda say in their own way. */
const elsewhere: ReadonlySet<string> = new Set([
  'agreement-ends',
  'break-glass',
  'details-before-start',
  'ended-still-felt',
  'expires-soon',
  'repeated-exception',
]);

/**
 * What is wrong with files, references and dates, and what the checks find in how customers stand; `found` is what
 * reading has shown already.
 */
export function brokenThings(company: Company, found: readonly Diagnostic[]): AgendaItem[] {
  const customers = company.customers.flatMap((entry) => company.compiled(entry).diagnostics);
  const checked = runChecks(standingChange(company), { all: true }).filter(({ rule }) => !elsewhere.has(rule));
  const all = [...found, ...checkWorld(company.model.world), ...customers, ...checked];
  const byPath = new Map(company.customers.map((entry) => [entry.document.path, entry]));
  return all
    .filter(({ severity }) => severity !== 'note')
    .map(({ rule, message, help, at: { path, start } }) => {
      const entry = byPath.get(path);
      return {
        customer: entry?.id,
        name: entry?.data.name,
        what: `${message} (${rule})`,
        next: help ?? 'correct the file',
        path,
        line: start.line,
      };
    });
}
