import { Buffer } from 'node:buffer';
import type { ApprovalNeed } from '../approve/approval.ts';
import { isError } from '../diagnostic.ts';
import { checksumOf, shownChecksum } from '../diff/checksum-of.ts';
import type { Review } from '../review/review.ts';
import { fitSections, type Section } from './fit-sections.ts';
import { list } from './list.ts';
import { markdownText } from './markdown-text.ts';
import { plural } from './plural.ts';
import { approvalSection } from './review/approval-section.ts';
import { causeSection } from './review/cause-section.ts';
import { checkSection } from './review/check-section.ts';
import { customerSections } from './review/customer-sections.ts';
import { exceptionSection } from './review/exception-section.ts';
import { nextSteps } from './review/review-words.ts';
import { summaryMarkdown } from './review/summary-markdown.ts';

/** Bytes of UTF-8, and so at most as many characters: a comment of GitHub takes 65,536. */
export const MOST_BYTES = 60_000;

/** Kept for what is said after the sections. */
const RESERVE = 5_000;

export interface ReviewMarkdownOptions {
  /** http(s) address of the full report, named wherever something is left out. */
  link?: string;
}

/**
 * A review as the comment on a pull request: first what it comes to in plain words, then what changes for whom, exceptions,
 * approvals and checks. What does not fit is counted, never dropped in silence; what needs approval is the last to go.
 */
export function reviewMarkdown(review: Review, { link }: ReviewMarkdownOptions = {}): string {
  const full = linkTo(link);
  const more = full ? `see [the full report](<${full}>)` : '`proviso check --format json` has all';
  const summary = summaryMarkdown(review);
  const sections = sectionsOf(review, more);
  const { text, missing } = fitSections(sections, MOST_BYTES - RESERVE - Buffer.byteLength(summary));
  const foot = [
    ...(missing.length > 0 ? [`**No room here for ${list(missing, 8)}**: ${more}.`] : []),
    `${compared(review)}${full ? ` [Full report](<${full}>)` : ''}`,
  ];
  return `${summary}\n${text}\n${foot.join('\n\n')}\n`.replace(/\n{3,}/g, '\n\n');
}

function sectionsOf(review: Review, more: string): Section[] {
  const { approvals, exceptions, diff, diagnostics } = review;
  const asked = new Set(approvals.flatMap(({ items }) => items.flatMap(({ customer }) => customer ?? [])));
  const checks = checkSection(diagnostics, more);
  const isBroken = diagnostics.some(isError);
  const told = (sections: readonly Section[]) => sections.filter(({ count }) => count > 0);
  return [
    ...(isBroken ? [checks] : []),
    ...told([
      causeSection(diff.causes, more),
      ...customerSections(diff, asked, more),
      exceptionSection(exceptions, more),
    ]),
    ...needsFirst(approvals).map((need) => approvalSection(need, diff, more)),
    ...told([...(isBroken ? [] : [checks]), nextSection(review, more)]),
  ];
}

/** What is settled already needs no reading. */
const needsFirst = (approvals: readonly ApprovalNeed[]): ApprovalNeed[] =>
  [...approvals].sort((a, b) => Number(a.satisfied) - Number(b.satisfied));

function nextSection(review: Review, more: string): Section {
  const steps = nextSteps(review, (text) => markdownText(text, 80));
  return {
    name: 'what happens next',
    head: '### What happens next\n\n',
    count: steps.length,
    block: (index) => `${index + 1}. ${steps[index]}\n`,
    cut: ({ length }) => `\n${plural(length, 'more step')}: ${more}.`,
    share: 5,
  };
}

function compared({ base, head, at, diff }: Review): string {
  const checksum = diff.customers.length === 0 ? '' : ` (checksum \`${shownChecksum(checksumOf(diff))}\`)`;
  return `Compared ${markdownText(head, 80)} with ${markdownText(base, 80)}, as of ${at}${checksum}.`;
}

const LONGEST_LINK = 1_000;

/** Only an address that a browser opens, written so that nothing of it ends the link. */
function linkTo(link: string | undefined): string | undefined {
  if (link === undefined || !URL.canParse(link)) return undefined;
  const { protocol, href } = new URL(link);
  const isFit = /^https?:$/.test(protocol) && href.length <= LONGEST_LINK;
  return isFit ? href.replace(/[<>]/g, encodeURIComponent) : undefined;
}
