import { countInWords } from '../format-diagnostics.ts';
import { markdownCodeBlock } from '../markdown-code.ts';
import { plural } from '../plural.ts';
import type { Finding, Reporter } from '../reporter.ts';
import { diagnosticLines } from '../review/check-section.ts';
import { sortDiagnostics } from '../sort-diagnostics.ts';

const MOST = 100;

/** A result as Markdown: the command's own, else what is wrong as a list and the text as it is. */
export function formatMarkdown({ diagnostics, text, markdown }: Finding): string {
  if (markdown) return markdown();
  const shown = sortDiagnostics(diagnostics).slice(0, MOST).map(diagnosticLines).join('');
  const rest = diagnostics.length - MOST;
  const more = rest > 0 ? `\n… and ${plural(rest, 'more problem')}\n` : '';
  const words = text?.() ?? '';
  return [
    ...(diagnostics.length > 0 ? [`**${countInWords(diagnostics)}**\n\n${shown}${more}`] : []),
    ...(words ? [markdownCodeBlock(words)] : []),
  ].join('\n');
}

/** For a comment or a page. */
export const markdownReporter: Reporter = (finding) => ({ out: formatMarkdown(finding) });
