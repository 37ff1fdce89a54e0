import type { Diagnostic, Severity } from '../diagnostic.ts';
import { sortDiagnostics } from './sort-diagnostics.ts';

/** A diagnostic as other programs read it: `{rule, severity, message, path, line, column, endLine?, endColumn?, help?}`. */
export interface FlatDiagnostic {
  rule: string;
  severity: Severity;
  message: string;
  path: string;
  line: number;
  column: number;
  endLine?: number;
  endColumn?: number;
  help?: string;
  related?: { message: string; path: string; line: number; column: number }[];
}

/** Above this many a report says nothing more that anybody would read. */
export const MOST_IN_JSON = 1_000;

/** Worst first, at most a thousand; `omitted` is how many are left out. */
export function flattenDiagnostics(diagnostics: readonly Diagnostic[]): {
  diagnostics: FlatDiagnostic[];
  omitted?: number;
} {
  const shown = sortDiagnostics(diagnostics).slice(0, MOST_IN_JSON);
  const omitted = diagnostics.length - shown.length;
  return { diagnostics: shown.map(flatten), ...(omitted > 0 && { omitted }) };
}

const flatten = ({ rule, severity, message, at, help, related }: Diagnostic): FlatDiagnostic => ({
  rule,
  severity,
  message,
  path: at.path,
  ...at.start,
  ...(at.end && { endLine: at.end.line, endColumn: at.end.column }),
  ...(help !== undefined && { help }),
  ...(related && {
    related: related.map((other) => ({ message: other.message, path: other.at.path, ...other.at.start })),
  }),
});
