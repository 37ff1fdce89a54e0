import { type Agenda, type AgendaItem, agendaTopics } from '../views/agenda-item.ts';
import { agendaTitles } from './agenda-text.ts';
import { markdownCode } from './markdown-code.ts';
import { markdownText } from './markdown-text.ts';
import { grouped } from './plural.ts';

/** What fits into one issue of GitHub. */
const MOST_CHARACTERS = 60_000;
const shownOfTopic = [100, 50, 25, 10, 5, 2] as const;

/** This week's review as a list to tick off, short enough for one issue. */
export function agendaMarkdown(agenda: Agenda, days: Record<'at' | 'since' | 'until', string>): string {
  const texts = shownOfTopic.map((most) => () => agendaOfAtMost(agenda, days, most));
  const fitting = texts.find((text) => text().length <= MOST_CHARACTERS);
  return (fitting ?? (() => agendaOfAtMost(agenda, days, 0)))();
}

function agendaOfAtMost(
  agenda: Agenda,
  { at, since, until }: Record<'at' | 'since' | 'until', string>,
  most: number,
): string {
  const filled = agendaTopics.filter((topic) => agenda[topic].length > 0);
  const head = `## Review of ${at}\n\nAsked since ${markdownText(since, 80)}, ending by ${until}.\n`;
  if (filled.length === 0) return `${head}\nNothing to talk about.\n`;
  const sections = filled.map((topic) => {
    const items = agenda[topic];
    const rest = items.length - most;
    const more = rest > 0 ? `\n… and ${grouped(rest)} more: \`proviso agenda\` shows all.\n` : '';
    return `### ${agendaTitles[topic]} (${items.length})\n\n${items.slice(0, most).map(itemLines).join('')}${more}`;
  });
  return [head, ...sections].join('\n');
}

const itemLines = ({ name, what, next, path, line }: AgendaItem): string =>
  `- [ ] ${name === undefined ? '' : `**${markdownText(name, 80)}**: `}${markdownText(what)}\n  - Next: ${withCode(next)} ${markdownCode(`${path}:${line}`)}\n`;

/** Next steps name commands and keys between backticks. */
const withCode = (text: string): string =>
  text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? markdownCode(part) : spaced(part)))
    .join('');

/** Escaping trims; the spaces around code stay. */
const spaced = (part: string): string =>
  `${/^\s/.test(part) ? ' ' : ''}${markdownText(part)}${/\s$/.test(part) ? ' ' : ''}`;
