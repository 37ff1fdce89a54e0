import type { Diagnostic } from '../diagnostic.ts';
import { countInWords } from './format-diagnostics.ts';
import { plural } from './plural.ts';
import { diagnosticLines } from './review/check-section.ts';
import { sortDiagnostics } from './sort-diagnostics.ts';

const MOST = 100;

/** What is wrong, as a list; nothing where nothing is. Ends in a newline. */
export function diagnosticsMarkdown(diagnostics: readonly Diagnostic[]): string {
  if (diagnostics.length === 0) return '';
  const shown = sortDiagnostics(diagnostics).slice(0, MOST).map(diagnosticLines).join('');
  const rest = diagnostics.length - MOST;
  return `**${countInWords(diagnostics)}**\n\n${shown}${rest > 0 ? `\n… and ${plural(rest, 'more problem')}\n` : ''}`;
}
