import { isOwn } from '../../diff/causes.ts';
import type { Change, CustomerDiff, Diff } from '../../diff/diff.ts';
import { type ChangeWords, wordChanges } from '../../diff/word-changes.ts';
import { tellingChanges, wordKind } from '../../diff/word-diff.ts';
import type { Section } from '../fit-sections.ts';
import { markdownNames } from '../markdown-names.ts';
import { markdownText } from '../markdown-text.ts';
import { distance, orderByMatter } from '../order-by-matter.ts';
import { grouped, plural } from '../plural.ts';
import { type ChangeGroup, groupChanges } from './group-changes.ts';
import { wordDays } from './word-days.ts';

/** Up to so many customers edited by name are told one by one; of more, what changes is told for all of them at once. */
const NAMED = 20;
const OPEN = 12;
/** So much is told of one customer, in UTF-16 units: about sixty lines. */
const MOST_OF_ONE = 8_000;
const NAMES = 5;

/** What changes for whom: customers edited by name one by one, everybody a shared edit reaches by what changes. */
export function customerSections({ customers, causes, at }: Diff, asked: ReadonlySet<string>, more: string): Section[] {
  const named = new Set(causes.flatMap((cause) => (isOwn(cause.path) ? cause.customers : [])));
  const byName = customers.filter(({ customer }) => named.has(customer));
  const telling = byName.filter((one) => newsOf(one).length > 0 || wordKind(one) !== '');
  const others = customers.filter(({ customer }) => !named.has(customer));
  const isNow = ({ past }: Change) => past !== true;
  const ordered = byMatter(telling, asked);
  const groups = (title: string, of: readonly CustomerDiff[], isWanted: (change: Change) => boolean): Section => {
    const grouped = groupChanges(of, isWanted);
    return {
      name: title.toLowerCase(),
      head: `### ${title}\n\n`,
      count: grouped.length,
      block: (index) => groupLine(grouped[index] as ChangeGroup, at),
      open: OPEN,
      fold: (count) => plural(count, 'more change'),
      cut: ({ length }) => `\n**${plural(length, 'more change')}** not shown here: ${more}.`,
      share: 4,
    };
  };
  const sections: Section[] = [
    ...(byName.length > NAMED ? [groups('What changes for customers edited by name', byName, isNow)] : []),
    {
      name: 'customers edited by name',
      head:
        byName.length > NAMED ? '### Customer by customer\n\n' : '### What changes for customers edited by name\n\n',
      count: ordered.length,
      block: (index) => customerLines(ordered[index] as CustomerDiff, at, asked),
      open: byName.length > NAMED ? 0 : NAMED,
      fold: (count) => plural(count, 'customer'),
      cut: ({ length }) => `\n**${plural(length, 'more customer')}** not shown here one by one: ${more}.`,
      share: byName.length > NAMED ? 1 : 4,
    },
    groups('What changes for everybody else', others, isNow),
    groups('Rewrites the past', byName, ({ past, causes: by }) => past === true && by.some(isOwn)),
  ];
  return sections.filter(({ count }) => count > 0);
}

/** Those somebody has to approve first, then whom something is taken from, then whose change is rare, then the largest. */
function byMatter(customers: readonly CustomerDiff[], asked: ReadonlySet<string>): CustomerDiff[] {
  const often = new Map<string, number>();
  for (const { changes } of customers) for (const { path } of changes) often.set(path, (often.get(path) ?? 0) + 1);
  return orderByMatter(customers, {
    familyOf: ({ customer }) => customer,
    weightOf: (one) => {
      const changes = one.changes.filter(({ past }) => !past);
      return [
        Number(asked.has(one.customer)),
        Number(changes.some(({ direction }) => direction === 'takes')),
        Math.max(0, ...changes.map(({ path }) => 1 / (often.get(path) ?? 1))),
        Math.max(0, ...changes.map(({ from, to }) => distance(from, to))),
      ];
    },
  });
}

/** What is news of a customer, but for its past. */
const newsOf = (one: CustomerDiff): Change[] => tellingChanges(one).filter(({ past }) => !past);

function customerLines(one: CustomerDiff, at: string, asked: ReadonlySet<string>): string {
  const now = newsOf(one);
  const kind = wordKind(one);
  const words = orderByMatter(wordChanges(now, at), {
    familyOf: ({ what }) => what,
    weightOf: ({ direction, change: { from, to } }) => [Number(direction === 'takes'), distance(from, to)],
  });
  const lines = words.map((line) => `  - ${wordLine(line)}\n`);
  let left = MOST_OF_ONE;
  const shown = lines.filter(({ length }) => {
    left -= length;
    return left >= 0;
  });
  const rest = lines.length - shown.length;
  const note = [kind, asked.has(one.customer) ? 'needs approval' : ''].filter(Boolean).join(', ');
  return [
    `- **${markdownText(one.name, 80)}** (${markdownText(one.customer, 80)})${note && `: ${note}`}\n`,
    ...shown,
    ...(rest > 0 ? [`  - … and ${grouped(rest)} more\n`] : []),
  ].join('');
}

function groupLine({ change, customers, days }: ChangeGroup, at: string): string {
  const who =
    customers.length === 1
      ? markdownText(customers[0] ?? '', 80)
      : `${plural(customers.length, 'customer')} (${markdownNames(customers, NAMES)})`;
  const when = wordDays(days, at);
  return wordChanges([change], at)
    .map((words) => `- ${wordEffect(words)}: ${who}, ${when}\n`)
    .join('');
}

function wordLine(words: ChangeWords): string {
  const { when, where, because, along } = words;
  const by = where ? ` (${markdownText(where, 200)})` : '';
  const why = because ? `: ${markdownText(because)}` : '';
  const withIt = along ? `; with it ${markdownText(along, 200)}` : '';
  return `${wordEffect(words)}, ${when}${by}${withIt}${why}`;
}

function wordEffect({ direction, what, values }: ChangeWords): string {
  const word = { gives: 'gives', takes: '**takes**', neutral: 'changes' }[direction];
  return `${word} **${markdownText(what, 120)}** ${markdownText(values, 200)}`;
}
