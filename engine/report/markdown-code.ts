import { plain } from './plain.ts';

const longestRun = (text: string): number =>
  (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);

/** Text as code within a line of Markdown, where nothing of it means anything; not for a table, whose bars cut code too. */
export function markdownCode(text: string): string {
  const line = plain(text.replace(/\s+/g, ' ').trim());
  if (line === '') return '';
  const fence = '`'.repeat(longestRun(line) + 1);
  return line.startsWith('`') || line.endsWith('`') ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

/** Lines as a block of code, each shown as it is. Ends in a newline. */
export function markdownCodeBlock(text: string, language = 'text'): string {
  const lines = text.replace(/\n$/, '').split('\n').map(plain).join('\n');
  const fence = '`'.repeat(Math.max(3, longestRun(lines) + 1));
  return `${fence}${language}\n${lines}\n${fence}\n`;
}
