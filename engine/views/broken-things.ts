import { runChecks } from '../checks/run-checks.ts';
import { customerAt } from '../customer-at.ts';
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
  const checked = runChecks(standingChange(company), { all: true }).filter(({ rule }) => !elsewhere.has(rule));
  const all = [...found, ...company.diagnostics(), ...checked];
  return all
    .filter(({ severity }) => severity !== 'note')
    .map(({ rule, message, help, at: { path, start } }) => {
      const id = customerAt(path);
      const known = id === undefined ? undefined : company.model.customers.get(id);
      // Two files may name one customer, who is the one that was taken.
      const entry = known?.document.path === path ? known : undefined;
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
