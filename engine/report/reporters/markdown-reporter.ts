import { diagnosticsMarkdown } from '../diagnostics-markdown.ts';
import { markdownCodeBlock } from '../markdown-code.ts';
import type { Finding, Reporter } from '../reporter.ts';

/** A result as Markdown: the command's own, else what is wrong as a list and the text as it is. */
export function formatMarkdown({ diagnostics, text, markdown }: Finding): string {
  if (markdown) return markdown();
  const words = text?.() ?? '';
  return [diagnosticsMarkdown(diagnostics), words ? markdownCodeBlock(words) : ''].filter(Boolean).join('\n');
}

/** For a comment or a page. */
export const markdownReporter: Reporter = (finding) => ({ out: formatMarkdown(finding) });
