import type { ApprovalNeed } from '../../approve/approval.ts';
import type { Diff } from '../../diff/diff.ts';
import { clip } from '../clip.ts';
import { escapeHtmlInMarkdown } from '../escape-html.ts';
import type { Section } from '../fit-sections.ts';
import { list } from '../list.ts';
import { markdownCodeBlock } from '../markdown-code.ts';
import { markdownNames } from '../markdown-names.ts';
import { markdownText } from '../markdown-text.ts';
import { grouped, plural } from '../plural.ts';
import { groupItems, type ItemGroup } from './group-items.ts';
import { nameOf, wordApprovers, wordGiven } from './review-words.ts';
import { wordDays } from './word-days.ts';
import { wordItem, wordItemTerms } from './word-item.ts';

const short = (text: string): string => markdownText(text, 80);
const OPEN = 12;
const NAMES = 5;

/** What one class has to approve, who may, and the line to copy. `more` says where the rest is. */
export function approvalSection(need: ApprovalNeed, diff: Diff, more: string): Section {
  const { items, satisfied, code, subject, because } = need;
  const groups = groupItems(items, diff);
  const isTold = because.length > 1;
  const lines = code && !satisfied ? ['', 'The review that approves this holds the line', '', copyLine(subject)] : [];
  return {
    name: `approval by ${short(nameOf(need))}`,
    head: `### Approval by ${short(nameOf(need))}: ${stateOf(need)}\n\n${aboutOf(need)}\n`,
    count: groups.length,
    block: (index) => itemLine(groups[index] as ItemGroup, diff.at, isTold),
    open: satisfied ? 0 : OPEN,
    fold: (count) =>
      satisfied
        ? `What ${escapeHtmlInMarkdown(clip(nameOf(need), 80))} approved: ${plural(count, 'line')}`
        : `${grouped(count)} more to approve`,
    cut: (hidden) => {
      const count = hidden.reduce((sum, index) => sum + (groups[index]?.count ?? 0), 0);
      return `\n**${plural(count, 'more item')} of this approval not shown here**: ${more}.`;
    },
    tail: lines.join('\n'),
    share: satisfied ? 1 : 6,
  };
}

const copyLine = (subject: string): string => markdownCodeBlock(`approve ${subject}`);

function stateOf(need: ApprovalNeed): string {
  const by = wordGiven(need, short);
  if (need.satisfied) return by ? `approved by ${by}` : 'approved';
  return `waits for ${wordApprovers(need, short)}`;
}

function aboutOf(need: ApprovalNeed): string {
  const { because, items, ignored, refusedBy, satisfied, code } = need;
  const customers = new Set(items.flatMap(({ customer }) => (customer === undefined ? [] : [customer]))).size;
  const about =
    customers > 0 ? `${plural(items.length, 'item')}, ${plural(customers, 'customer')}` : plural(items.length, 'item');
  const given = satisfied ? '' : wordGiven(need, short);
  return [
    `Needed because: ${list(
      because.map((reason) => markdownText(reason, 160)),
      5,
    )} (${about}).`,
    ...(given ? [`Approved so far by ${given}.`] : []),
    ...(refusedBy.length > 0 ? [`Asked for changes: ${list(refusedBy.map(short))}.`] : []),
    ...(!satisfied && !code ? ['An approving review is enough.'] : []),
    ...(ignored.length > 0
      ? [
          '',
          'Approvals that do not count:',
          ...ignored.slice(0, NAMES).map(({ login, why }) => `- ${short(login)}: ${markdownText(why, 160)}`),
        ]
      : []),
    ...(ignored.length > NAMES ? [`- and ${grouped(ignored.length - NAMES)} more`] : []),
    ...(ignored.length > 0 && items.length > 0 ? ['', 'What needs it:'] : []),
    '',
  ].join('\n');
}

/** `- **takes** settings.seats 50 → 40: 412 customers (acme, bolt and 410 more), from 2027-01-01` */
function itemLine({ item, customers, count, takes, days }: ItemGroup, at: string, isTold: boolean): string {
  const { what, values } = wordItem(item);
  const who =
    customers.length === 0
      ? count > 1 && ` (${plural(count, 'time')})`
      : customers.length === 1
        ? `: ${short(customers[0] ?? '')}`
        : `: ${plural(customers.length, 'customer')} (${markdownNames(customers, NAMES)})`;
  const when = wordDays(days, at);
  const terms = [...(when ? [when] : []), ...wordItemTerms(item)].map((term) => `, ${markdownText(term, 160)}`);
  const why = [...(item.reason ? [item.reason] : []), ...(isTold ? [item.because] : [])];
  return [
    `- ${takes ? '**takes** ' : ''}**${markdownText(what, 160)}** ${markdownText(values, 200)}${who || ''}${terms.join('')}`,
    why.length > 0 ? `: ${why.map((reason) => markdownText(reason, 200)).join('; ')}` : '',
    '\n',
  ].join('');
}
