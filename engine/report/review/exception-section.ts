import type { ReviewedException } from '../../review/review.ts';
import { clip } from '../clip.ts';
import type { Section } from '../fit-sections.ts';
import { markdownCode } from '../markdown-code.ts';
import { markdownText } from '../markdown-text.ts';
import { grouped, plural } from '../plural.ts';
import { wordDemand, wordUntil, wordUpkeep, wordWorth } from './review-words.ts';

const OPEN = 5;
const short = (text: string): string => markdownText(text, 80);

/** Every exception the change touches: what is needed, what it is worth, who keeps it and until when. */
export function exceptionSection(exceptions: readonly ReviewedException[], more: string): Section {
  const sorted = [...exceptions].sort((a, b) => Number(b.record.worth.amount) - Number(a.record.worth.amount));
  return {
    name: 'exceptions',
    head: `### Exceptions\n\n`,
    count: sorted.length,
    block: (index) => exceptionLines(sorted[index] as ReviewedException),
    open: OPEN,
    fold: (count) => `${grouped(count)} more ${count === 1 ? 'exception' : 'exceptions'}`,
    cut: ({ length }) => `\n**${plural(length, 'more exception')}** not shown here: ${more}.`,
    share: 4,
  };
}

function exceptionLines({ name, customer, change, record, does, path, line }: ReviewedException): string {
  const { id, need, because, decision, askedBy, usedBy } = record;
  const facts = [
    ['Need', `${markdownText(need)} (asked by ${short(askedBy)}, used by ${short(usedBy)})`],
    ['Does', markdownText(does, 200)],
    ['Worth', `${wordWorth(record)}; ${wordDemand(record, short)}`],
    ['Upkeep', wordUpkeep(record, short)],
    ['Lasts', `${wordUntil(record)}${answersOf(record)}`],
    ['Decision', `${decision}: ${markdownText(because)}`],
    ['File', markdownCode(clip(`${path}:${line}`, 160))],
  ];
  return [
    `- **${short(id)}** for ${short(name)} (${short(customer)}), ${change}\n`,
    ...facts.map(([title, text]) => `  - ${title}: ${text}\n`),
  ].join('');
}

/** What becomes of it when the plan changes or payment stops. */
function answersOf(record: ReviewedException['record']): string {
  if (!('onUpgrade' in record)) return '';
  const { onUpgrade, onDowngrade, onLapse } = record;
  return `; upgrade: ${onUpgrade}, downgrade: ${onDowngrade}, lapse: ${onLapse}`;
}
