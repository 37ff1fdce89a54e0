import { type Agenda, type AgendaItem, type AgendaTopic, agendaTopics } from '../views/agenda-item.ts';
import { plain } from './plain.ts';

/** Headings of the agenda, in its order. */
export const agendaTitles: Readonly<Record<AgendaTopic, string>> = {
  newAsks: 'New asks',
  unpaid: 'Unpaid',
  endingSoon: 'Ending soon',
  overdue: 'Emergencies that are overdue',
  broken: 'Broken',
  held: 'Held, paid by nothing',
  repeated: 'The same for several',
  details: 'Onboarding is not complete',
};

/** This week's review for people: each line with what to do next. */
export function agendaText(agenda: Agenda, { at, since, until }: Record<'at' | 'since' | 'until', string>): string {
  const filled = agendaTopics.filter((topic) => agenda[topic].length > 0);
  const head = plain(`Review of ${at}: asked since ${since}, ending by ${until}`);
  if (filled.length === 0) return `${head}\n\nNothing to talk about.\n`;
  return [`${head}\n`, ...filled.map((topic) => section(agendaTitles[topic], agenda[topic]))].join('\n');
}

const section = (title: string, items: readonly AgendaItem[]): string =>
  `${title} (${items.length})\n${items.map(lines).join('')}`;

const lines = ({ name, what, next, path, line }: AgendaItem): string =>
  `  ${plain(`${name === undefined ? '' : `${name}: `}${what}`)}\n    next: ${plain(next)}  ${plain(`${path}:${line}`)}\n`;
