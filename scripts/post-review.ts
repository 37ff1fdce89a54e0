import { CHECK_NAME, checkOf, labelsOf, reviewersOf } from '../engine/review/left-on-pull.ts';
import type { PullRequest } from '../engine/review/pull-request.ts';
import type { AtGitHub } from './open-github.ts';
import type { ReviewedPull } from './review-pull-request.ts';

/** First line of the report, by which it is found again. */
const MARKER = '<!-- proviso-report:v1 -->';

/** What was written on the pull request, in words. */
export type Posted = readonly string[];

/** Leaves the review on its pull request: what is there already is brought up to date, nothing is repeated. */
export async function postReview(
  { github }: AtGitHub,
  pull: PullRequest,
  { review, reviews }: ReviewedPull,
  markdown: string,
  folder: string,
): Promise<Posted> {
  const { number } = pull;
  const comment = await github.comment({ number, marker: MARKER, body: markdown });
  const check = await github.check(checkOf(review, pull, markdown, folder, comment.url));
  await github.label(number, labelsOf(review));
  const asked = await github.ask(number, reviewersOf(review, pull, reviews));
  return [
    `report ${comment.did === 'nothing' ? 'is up to date' : comment.did}: ${comment.url}`,
    `${check === 'check' ? 'check' : 'commit status'} ${CHECK_NAME} at ${pull.head.commit.slice(0, 12)}`,
    ...(asked.length > 0 ? [`asked ${asked.join(', ')} for a review`] : []),
  ];
}
