import type { Diagnostic, Position, Severity } from '../diagnostic.ts';
import { plain } from './plain.ts';
import { grouped } from './plural.ts';
import { sortDiagnostics } from './sort-diagnostics.ts';

/** GitHub shows ten annotations of each kind a step. */
const MOST_PER_KIND = 10;

const commandOf: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'notice' };

/** Data of a workflow command: the part after `::`. */
export const escapeWorkflowData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapeProperty = (text: string): string => escapeWorkflowData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/**
 * Diagnostics as GitHub Actions workflow commands, which become annotations in the pull request; worst first, ten of each kind.
 * `folder` is where the repository of terms lies in the checkout (`''` or `terms`): annotations name files from there.
 * What there is no annotation for is counted, and told by the summary where there is one.
 */
export function formatWorkflowCommands(
  diagnostics: readonly Diagnostic[],
  { folder = '', hasSummary = false }: { folder?: string; hasSummary?: boolean } = {},
): string {
  const sorted = sortDiagnostics(diagnostics);
  return (['error', 'warning', 'note'] as const)
    .map((severity) => {
      const all = sorted.filter((diagnostic) => diagnostic.severity === severity);
      const shown = all.slice(0, MOST_PER_KIND).map((diagnostic) => formatOne(diagnostic, folder));
      const rest = all.length - shown.length;
      const where = hasSummary ? ' in the summary' : '; GitHub shows ten';
      if (rest > 0) shown.push(`${grouped(rest)} more of severity ${severity}${where}\n`);
      return shown.join('');
    })
    .join('');
}

function formatOne({ rule, severity, message, at, help }: Diagnostic, folder: string): string {
  const properties: [string, string | number][] = [
    ['file', folder ? `${folder}/${at.path}` : at.path],
    ['line', at.start.line],
    ['col', at.start.column],
    ...(at.end ? endOf(at.start.line, at.end) : []),
    ['title', rule],
  ];
  const written = properties.map(([name, value]) => `${name}=${escapeProperty(plain(String(value)))}`).join(',');
  return `::${commandOf[severity]} ${written}::${escapeWorkflowData(plain(message) + (help ? `\n${plain(help)}` : ''))}\n`;
}

/** GitHub takes an end column, which it includes, only within one line; otherwise the start says enough. */
const endOf = (line: number, end: Position): [string, number][] =>
  end.line === line
    ? [
        ['endLine', end.line],
        ['endColumn', Math.max(1, end.column - 1)],
      ]
    : [];

/**
 * Text of a result, so that no line of it is obeyed as a workflow command: `::` counts after any white space, `##[` wherever
 * it stands.
 */
export const withoutWorkflowCommands = (text: string): string =>
  text.replace(/^([\s\u0085]*)::/gm, '$1\\::').replaceAll('##[', '#\\#[');
