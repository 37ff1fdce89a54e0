import type { Diagnostic, Severity } from '../diagnostic.ts';

const seriousness: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Worst first, then by file and place; equal ones keep the order they were found in. */
export const sortDiagnostics = <T extends Diagnostic>(diagnostics: readonly T[]): T[] =>
  [...diagnostics].sort(
    (a, b) =>
      seriousness[a.severity] - seriousness[b.severity] ||
      compare(a.at.path, b.at.path) ||
      a.at.start.line - b.at.start.line ||
      a.at.start.column - b.at.start.column ||
      compare(a.rule, b.rule),
  );

/** How many there are of each severity. */
export function countDiagnostics(diagnostics: readonly Diagnostic[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, note: 0 };
  for (const { severity } of diagnostics) counts[severity] += 1;
  return counts;
}
