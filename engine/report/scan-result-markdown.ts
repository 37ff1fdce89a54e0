import type { JudgedFinding, ScanResult } from '../scan/scan-result.ts';
import { clip } from './clip.ts';
import { diagnosticsMarkdown } from './diagnostics-markdown.ts';
import { markdownCode } from './markdown-code.ts';
import { markdownTable } from './markdown-table.ts';
import { markdownText } from './markdown-text.ts';
import { plural } from './plural.ts';
import { acceptedInWords, byFile, filesInWords, foundInWords, inState } from './scan-counts.ts';
import { suppressionCells } from './scan-result-text.ts';

const MOST = 100;
const words = { error: '**Error**', warning: 'Warning', note: 'Note' } as const;

/** What the scanner found, as a document, with what is wrong beside it: for a comment, a page or the summary of a step. */
export function scanResultMarkdown(result: ScanResult): string {
  const found = inState(result, 'new');
  const files = byFile(found.slice(0, MOST));
  const rest = found.length - MOST;
  const accepted = acceptedInWords(result);
  return [
    `## ${markdownText(capital(foundInWords(result)))}\n`,
    ...files.map(
      ([path, findings]) => `### ${markdownCode(clip(path, 160))}\n\n${findings.map(findingMarkdown).join('')}`,
    ),
    rest > 0 ? `… and ${plural(rest, 'more rule')}\n` : '',
    diagnosticsMarkdown(result.diagnostics),
    result.suppressions.length > 0
      ? `### Suppressed\n\n${markdownTable(['exception', 'owner', 'until', 'rules', 'where', 'why'], result.suppressions.slice(0, MOST).map(suppressionCells))}`
      : '',
    `${[accepted, filesInWords(result)]
      .filter(Boolean)
      .map(capital)
      .map((line) => `${markdownText(line)}.`)
      .join(' ')}\n`,
  ]
    .filter(Boolean)
    .join('\n');
}

function findingMarkdown({ rule, severity, message, at, account, literal, help }: JudgedFinding): string {
  const whose = account === undefined ? '' : `, account ${markdownCode(clip(account, 80))}`;
  return [
    `- ${words[severity]} line ${at.start.line}, ${markdownCode(clip(literal, 120))}${whose}: ${markdownText(message, 400)} (${markdownText(rule, 60)})\n`,
    `  - ${markdownText(help)}\n`,
  ].join('');
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
