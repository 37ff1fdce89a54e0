import { markdownCode } from '../../engine/report/markdown-code.ts';
import { CHECK_NAME, checkOf, labelsOf, reviewersOf } from '../../engine/review/left-on-pull.ts';
import type { PullRequest } from '../../engine/review/pull-request.ts';
import type { AtGitHub } from './open-github.ts';
import type { ReviewedPull } from './review-pull-request.ts';

/** First line of the report, by which it is found again. */
const MARKER = '<!-- proviso-report:v1 -->';

/** What was written on the pull request, in words. */
export type Posted = readonly string[];

/**
 * Leaves the review on its pull request: what is there already is brought up to date, nothing is repeated. A check belongs to a commit and
 * not to a pull request, so only one for the branch that is published gives one: else a branch with rules of its own would answer for it.
 */
export async function postReview(
  { github }: AtGitHub,
  pull: PullRequest,
  { review, reviews }: ReviewedPull,
  markdown: string,
  folder: string,
): Promise<Posted> {
  const { number } = pull;
  const published = await github.defaultBranch();
  const isPublished = pull.base.ref === published;
  const body = isPublished ? markdown : `${aside(pull.base.ref, published)}\n${markdown}`;
  const comment = await github.comment({ number, marker: MARKER, body });
  if (!isPublished) return [toldOf(comment)];
  const check = await github.check(checkOf(review, pull, markdown, folder, comment.url));
  await github.label(number, labelsOf(review));
  const asked = await github.ask(number, reviewersOf(review, pull, reviews));
  return [
    toldOf(comment),
    `${check === 'check' ? 'check' : 'commit status'} ${CHECK_NAME} at ${pull.head.commit.slice(0, 12)}`,
    ...(asked.length > 0 ? [`asked ${asked.join(', ')} for a review`] : []),
  ];
}

const toldOf = ({ did, url }: { did: 'created' | 'updated' | 'nothing'; url: string }): string =>
  `report ${did === 'nothing' ? 'is up to date' : did}: ${url}`;

const aside = (base: string, published: string): string =>
  `> This is for ${markdownCode(base)}, from which nothing is published, and judged by the rules there. It is no check, and nobody is asked: that comes with the pull request into ${markdownCode(published)}.\n`;
