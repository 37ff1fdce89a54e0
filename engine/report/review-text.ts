import type { ApprovalNeed } from '../approve/approval.ts';
import type { Diff } from '../diff/diff.ts';
import { formatChecksum } from '../diff/format-checksum.ts';
import { formatDiff } from '../diff/format-diff.ts';
import type { Review, ReviewedException } from '../review/review.ts';
import { clip } from './clip.ts';
import { list } from './list.ts';
import { noPaint, type Paint } from './paint.ts';
import { plain } from './plain.ts';
import { grouped, plural } from './plural.ts';
import { groupItems, type ItemGroup } from './review/group-items.ts';
import {
  nameOf,
  nextSteps,
  wordApprovers,
  wordDemand,
  wordGiven,
  wordUntil,
  wordUpkeep,
  wordVerdict,
  wordWorth,
} from './review/review-words.ts';
import { wordDays } from './review/word-days.ts';
import { wordItem, wordItemTerms } from './review/word-item.ts';

const ITEMS = 8;
const EXCEPTIONS = 10;
const NAMES = 5;
const LONGEST = 200;

export interface ReviewTextOptions {
  paint?: Paint;
  /** Approvals are written to a file, so each class says what an entry there names. */
  inFile?: boolean;
}

/**
 * A review for a terminal: who must approve and why, the exceptions, and what changes for whom. Diagnostics are printed
 * apart, with their lines. Ends in a newline.
 */
export function reviewText(review: Review, { paint = noPaint, inFile = false }: ReviewTextOptions = {}): string {
  const { approvals, exceptions, diff, verdict } = review;
  const colour = { approved: paint.green, needsApproval: paint.yellow, blocked: paint.red }[verdict];
  const waiting = approvals.filter(({ satisfied }) => !satisfied);
  const settled = approvals.filter(({ satisfied }) => satisfied);
  const sections = [
    `${colour(wordVerdict(review, plain))}\n`,
    [...waiting, ...settled].map((need) => approvalText(need, diff, { paint, inFile })).join(''),
    section('Exceptions', exceptions.slice(0, EXCEPTIONS).map(exceptionText), exceptions.length, paint),
    formatDiff(diff, { paint }) + formatChecksum(diff),
    section(
      'What happens next',
      nextSteps(review, plain).map((step, index) => `  ${index + 1}. ${step}\n`),
      0,
      paint,
    ),
  ];
  return sections.filter(Boolean).join('\n');
}

function section(title: string, written: readonly string[], all: number, paint: Paint): string {
  if (written.length === 0) return '';
  const rest = all - written.length;
  const more = rest > 0 ? `  … and ${grouped(rest)} more (--format json has all)\n` : '';
  return `${paint.bold(title)}\n${written.join('')}${more}`;
}

function approvalText(need: ApprovalNeed, diff: Diff, { paint, inFile }: Required<ReviewTextOptions>): string {
  const { because, items, ignored, refusedBy, satisfied, code, subject } = need;
  const why = list(because.map(plain), NAMES);
  const title = paint.bold(plain(nameOf(need)));
  const given = wordGiven(need, plain);
  if (satisfied) return `${title}: approved${given ? ` by ${given}` : ''} (${why})\n`;
  const groups = groupItems(items, diff);
  const shown = groups.slice(0, ITEMS);
  const rest = groups.slice(ITEMS).reduce((sum, { count }) => sum + count, 0);
  return [
    `${title}: ${wordApprovers(need, plain)} (${why})\n`,
    ...shown.map((group) => `  ${itemText(group, diff.at, paint)}\n`),
    ...(rest > 0 ? [`  … and ${plural(rest, 'more item')} (--format json has all)\n`] : []),
    ...(given ? [`  approved so far by ${given}\n`] : []),
    ...(refusedBy.length > 0 ? [`  asked for changes: ${list(refusedBy.map(plain))}\n`] : []),
    ...ignored.slice(0, NAMES).map(({ login, why: reason }) => `  does not count: ${plain(login)}, ${plain(reason)}\n`),
    ...(code ? [`  ${paint.dim('the review holds the line:')} approve ${plain(subject)}\n`] : []),
    ...(inFile ? [`  ${paint.dim('an entry of the file of approvals holds:')} ${plain(entryOf(need))}\n`] : []),
  ].join('');
}

/** To copy into an entry, as JSON. */
const entryOf = ({ class: name, subject }: ApprovalNeed): string =>
  `"class": ${JSON.stringify(name)}, "subject": ${JSON.stringify(subject)}`;

function itemText({ item, customers, takes, days }: ItemGroup, at: string, paint: Paint): string {
  const { what, values } = wordItem(item);
  const who =
    customers.length === 0
      ? ''
      : customers.length === 1
        ? `: ${customers[0]}`
        : `: ${plural(customers.length, 'customer')} (${list(customers, NAMES)})`;
  const when = wordDays(days, at);
  const terms = [...(when ? [when] : []), ...wordItemTerms(item)].map((term) => `, ${term}`);
  const line = plain(clip(`${what} ${values}${who}${terms.join('')}`, LONGEST));
  return takes ? `${paint.red('takes')} ${line}` : line;
}

function exceptionText({ record, name, customer, change, does, path, line }: ReviewedException): string {
  return [
    `  ${record.id} for ${name} (${customer}), ${change}: ${does}`,
    `    ${clip(record.need, LONGEST)}`,
    `    ${record.decision}: ${clip(record.because, LONGEST)}`,
    `    ${wordWorth(record)}; ${wordDemand(record, plain)}; ${wordUntil(record)}; ${path}:${line}`,
    `    ${wordUpkeep(record, plain)}`,
  ]
    .map((words) => `${plain(words)}\n`)
    .join('');
}
