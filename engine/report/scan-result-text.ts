import type { Suppression } from '../scan/living/suppression.ts';
import type { JudgedFinding, ScanResult } from '../scan/scan-result.ts';
import { codeFrame } from './code-frame.ts';
import { type DiagnosticsLook, paintSeverity } from './format-diagnostics.ts';
import { indent } from './indent.ts';
import { noPaint, type Paint } from './paint.ts';
import { plain } from './plain.ts';
import { plural } from './plural.ts';
import { acceptedInWords, byFile, filesInWords, foundInWords, inState } from './scan-counts.ts';
import { shortText } from './short-text.ts';
import { table } from './table.ts';

/** Beyond that many nobody reads on; the rest is counted by file. */
const MOST = 100;

/** What the scanner found, for people: file by file, each rule with its lines, whose it is and what to do; then how much of what. */
export function scanResultText(
  result: ScanResult,
  { textOf, paint = noPaint, most = MOST }: DiagnosticsLook = {},
): string {
  const found = inState(result, 'new');
  const shown = found.slice(0, most);
  const files = byFile(shown);
  const accepted = acceptedInWords(result);
  return [
    ...files.map(([path, findings]) => {
      const text = textOf?.(path);
      return findings.map((finding) => findingText(finding, text, paint)).join('\n');
    }),
    restText(found.slice(most)),
    suppressedText(result.suppressions),
    [`${foundInWords(result)}\n`, accepted && `${accepted}\n`, `${filesInWords(result)}\n`].join(''),
  ]
    .filter(Boolean)
    .join('\n');
}

function findingText(
  { rule, severity, message, at, account, help, related }: JudgedFinding,
  text: string | undefined,
  paint: Paint,
): string {
  const place = `${plain(at.path)}:${at.start.line}:${at.start.column}`;
  return [
    `${paint.bold(place)} ${paintSeverity(severity, paint)} ${plain(message)} ${paint.dim(`(${plain(rule)})`)}\n`,
    text === undefined ? '' : codeFrame(text, at, paint),
    ...(related ?? []).map(
      (other) => `  ${plain(other.at.path)}:${other.at.start.line}:${other.at.start.column}: ${plain(other.message)}\n`,
    ),
    account === undefined ? '' : `  ${paint.cyan('account:')} ${plain(account)}\n`,
    `  ${paint.cyan('help:')} ${plain(help)}\n`,
  ].join('');
}

/** The files what is not shown stands in. */
function restText(rest: readonly JudgedFinding[]): string {
  if (rest.length === 0) return '';
  const files = byFile(rest).map(([path, { length }]) => [String(length), path]);
  const more = files.length - 20;
  return `… and ${plural(rest.length, 'more rule')} in ${plural(files.length, 'file')}; --format json has all\n${indent(
    table([{ title: '', align: 'right' }, { title: '' }], files.slice(0, 20)).replace(/^\n/, ''),
  )}${more > 0 ? `  and ${plural(more, 'more file')}\n` : ''}`;
}

function suppressedText(suppressions: ScanResult['suppressions']): string {
  if (suppressions.length === 0) return '';
  const columns = ['exception', 'owner', 'until', 'rules', 'where', 'why'].map((title) => ({ title }));
  return `Suppressed\n${indent(table(columns, suppressions.map(suppressionCells)))}`;
}

/** Exception, owner, last day, number of findings, place, reason. */
export const suppressionCells = ({
  suppression: { exception, owner, until, because, at },
  findings,
}: {
  suppression: Suppression;
  findings: number;
}): string[] => [
  shortText(exception),
  shortText(owner),
  until,
  String(findings),
  `${at.path}:${at.start.line}`,
  shortText(because),
];
