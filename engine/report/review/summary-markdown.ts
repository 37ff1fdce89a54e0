import { isOwn } from '../../diff/causes.ts';
import { type Cause, reachedNow } from '../../diff/diff.ts';
import { isReaching, wordDiff, wordReach } from '../../diff/word-diff.ts';
import type { Review } from '../../review/review.ts';
import { list } from '../list.ts';
import { markdownText } from '../markdown-text.ts';
import { plural } from '../plural.ts';
import { sharedByMatter } from './cause-section.ts';
import { nameOf, nextSteps, waitingFor, wordApprovers, wordVerdict } from './review-words.ts';

const EDITS = 5;
const NAMED = 5;
const short = (text: string): string => markdownText(text, 80);

/** What somebody in sales has to know: what it comes to, who is concerned, who must still approve, what happens next. */
export function summaryMarkdown(review: Review): string {
  const waiting = waitingFor(review);
  const [next = ''] = nextSteps(review, short);
  return [
    `## ${wordVerdict(review, short)}`,
    '',
    `**${wordDiff(review.diff)}**`,
    '',
    ...edits(review),
    '',
    ...(waiting.length > 0
      ? [
          `**Who must still approve:** ${list(
            waiting.map((need) => `${short(nameOf(need))} (${wordApprovers(need, short)})`),
            5,
          )}.`,
          '',
        ]
      : []),
    `**Next:** ${next}`,
    '',
  ].join('\n');
}

/** In plain words, one line each: shared edits with their reach, then customers by name with what was edited. */
function edits({ diff: { causes, customers } }: Review): string[] {
  const names = new Map(customers.map(({ customer, name }) => [customer, name]));
  const shared = sharedByMatter(causes).filter((cause) => isReaching(cause));
  const own = causes.filter(({ path }) => isOwn(path));
  const lines = shared
    .slice(0, EDITS)
    .map((cause) => `- ${short(roomOf(cause.path))}: ${markdownText(cause.change, 120)}: ${reachOf(cause)}`);
  if (shared.length > EDITS) lines.push(`- ${plural(shared.length - EDITS, 'more edit')} of what customers share`);
  for (const { path, change, customers: ids } of own.slice(0, NAMED)) {
    const name = names.get(ids[0] ?? '') ?? path;
    lines.push(`- ${short(name)}: ${markdownText(change, 120)}`);
  }
  if (own.length > NAMED) lines.push(`- ${plural(own.length - NAMED, 'more customer')} edited by name`);
  return lines;
}

/** `plan studio@2`, `menu`, `settings` */
const roomOf = (path: string): string =>
  path.replace(/^(plans|policies|schemas)\/(\S+)\.(yaml|ts).*$/s, (_, room, name) =>
    room === 'plans' ? `plan ${name}` : name,
  );

/** `takes from 409 customers, 3 shielded` */
function reachOf(cause: Cause): string {
  const { gives, takes } = cause;
  const isOneWay = gives > 0 !== takes > 0 && Math.max(gives, takes) === reachedNow(cause).length;
  return isOneWay ? `${gives > 0 ? 'gives to' : 'takes from'} ${wordReach(cause)}` : wordReach(cause);
}
