import type { Diagnostic, Severity } from '../diagnostic.ts';
import { codeFrame } from './code-frame.ts';
import { list } from './list.ts';
import { noPaint, type Paint } from './paint.ts';
import { plain } from './plain.ts';
import { grouped, plural } from './plural.ts';
import { countDiagnostics, sortDiagnostics } from './sort-diagnostics.ts';

/** Text of a file a diagnostic points into; nothing where it cannot be shown. */
export type TextOf = (path: string) => string | undefined;

export interface DiagnosticsLook {
  textOf?: TextOf;
  paint?: Paint;
  /** How many are written out; of the rest only the number is told. */
  most?: number;
}

/** Diagnostics for people: worst first, each with its place, the lines around it and what to do. Empty when there are none. */
export function formatDiagnostics(
  diagnostics: readonly Diagnostic[],
  { textOf, paint = noPaint, most = 50 }: DiagnosticsLook = {},
): string {
  const shown = sortDiagnostics(diagnostics).slice(0, most);
  const blocks = shown.map((diagnostic) => formatOne(diagnostic, textOf?.(diagnostic.at.path), paint));
  const rest = diagnostics.length - shown.length;
  if (rest > 0) blocks.push(`… and ${grouped(rest)} more\n`);
  return blocks.join('\n');
}

function formatOne(
  { rule, severity, message, at, help, related }: Diagnostic,
  text: string | undefined,
  paint: Paint,
): string {
  const place = `${plain(at.path)}:${at.start.line}:${at.start.column}`;
  const lines = [
    `${paint.bold(place)} ${paintSeverity(severity, paint)} ${plain(message)} ${paint.dim(`(${plain(rule)})`)}\n`,
  ];
  if (text !== undefined) lines.push(codeFrame(text, at, paint));
  for (const other of related ?? [])
    lines.push(`  ${plain(other.at.path)}:${other.at.start.line}:${other.at.start.column}: ${plain(other.message)}\n`);
  if (help !== undefined) lines.push(`  ${paint.cyan('help:')} ${plain(help)}\n`);
  return lines.join('');
}

export const paintSeverity = (severity: Severity, paint: Paint): string =>
  ({ error: paint.red, warning: paint.yellow, note: paint.cyan })[severity](severity);

/** `2 errors and 1 warning`; `no problems`. */
export function countInWords(diagnostics: readonly Diagnostic[]): string {
  const { error, warning, note } = countDiagnostics(diagnostics);
  const parts = [
    ...(error ? [plural(error, 'error')] : []),
    ...(warning ? [plural(warning, 'warning')] : []),
    ...(note ? [plural(note, 'note')] : []),
  ];
  return parts.length === 0 ? 'no problems' : list(parts);
}
