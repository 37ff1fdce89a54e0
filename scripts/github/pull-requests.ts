import { fetchCommits } from '../../engine/io/fetch-commits.ts';
import { GitHubError } from '../../engine/io/github/github-error.ts';
import type { GitHub } from '../../engine/io/github/open-github.ts';
import { UsageError } from '../../engine/usage-error.ts';
import type { PullRequestSource } from '../../engine/verify/pull-request-source.ts';
import type { Context } from '../command.ts';
import type { ApprovalPlaces } from '../verify-tools.ts';
import { openAtGitHub } from './open-github.ts';

/** The pull requests of this repository on GitHub, and the branch they are merged into; asked for only when needed. */
export const gitHubOf = (context: Context): Pick<ApprovalPlaces, 'pulls'> => ({
  async pulls() {
    const { github, credentials } = await openAtGitHub(context);
    const source = pullRequestsOf(github, (pull, commits) => fetchFrom(context.root, pull, commits, credentials));
    return { source, branch: await github.defaultBranch() };
  },
});

const pullRequestsOf = (github: GitHub, fetch: PullRequestSource['fetch']): PullRequestSource => ({
  mergedFor: (commit) => github.pullRequestsOf(commit),
  reviewsOf: (pull) => github.reviewsOf(pull),
  authorshipOf: (pull) => github.authorshipOf(pull),
  authorsOf: (commit) => github.authorsOf(commit),
  fetch,
});

/** What cannot be fetched at all is trouble on the way, and says nothing about approvals. */
async function fetchFrom(
  root: string,
  pull: number,
  [first, ...others]: readonly string[],
  credentials: Parameters<typeof fetchCommits>[2],
): Promise<void> {
  if (first === undefined) return;
  const wanted = [{ commit: first, ref: `refs/pull/${pull}/head` }, ...others.map((commit) => ({ commit }))];
  try {
    await fetchCommits(root, wanted, credentials);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new GitHubError(`pull request #${pull} cannot be fetched: ${error.message}`, {
      help: error.help,
      isTransient: true,
    });
  }
}
