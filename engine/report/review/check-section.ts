import type { Diagnostic, Severity } from '../../diagnostic.ts';
import { clip } from '../clip.ts';
import type { Section } from '../fit-sections.ts';
import { countInWords } from '../format-diagnostics.ts';
import { markdownCode } from '../markdown-code.ts';
import { markdownText } from '../markdown-text.ts';
import { grouped, plural } from '../plural.ts';
import { countDiagnostics, sortDiagnostics } from '../sort-diagnostics.ts';

const OPEN = 10;
const words: Readonly<Record<Severity, string>> = { error: '**Error**', warning: 'Warning', note: 'Note' };

/** What is wrong or remarkable, worst first, each with its place and what to do. */
export function checkSection(diagnostics: readonly Diagnostic[], more: string): Section {
  const sorted = sortDiagnostics(diagnostics);
  const { error } = countDiagnostics(diagnostics);
  return {
    name: 'checks',
    head: `### Checks: ${countInWords(diagnostics)}\n\n`,
    count: sorted.length,
    block: (index) => diagnosticLines(sorted[index] as Diagnostic),
    open: Math.max(OPEN, Math.min(error, 2 * OPEN)),
    fold: (count) => `${grouped(count)} more`,
    cut: ({ length }) => `\n${plural(length, 'more problem')} not shown here: ${more}.`,
    share: error > 0 ? 4 : 2,
  };
}

/** One problem as an item of a list. */
export function diagnosticLines({ rule, severity, message, at, help }: Diagnostic): string {
  const place = markdownCode(clip(`${at.path}:${at.start.line}:${at.start.column}`, 160));
  const lines = [`- ${words[severity]} ${place} ${markdownText(message, 400)} (${markdownText(rule, 60)})\n`];
  if (help !== undefined) lines.push(`  - ${markdownText(help)}\n`);
  return lines.join('');
}
