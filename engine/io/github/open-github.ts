import type { Authorship } from '../../approve/approval.ts';
import { authorshipOf } from '../../review/authorship-of.ts';
import type { Check } from '../../review/host-writes.ts';
import { askReviewers } from './ask-reviewers.ts';
import { closeIssues } from './close-issues.ts';
import { type Access, connect } from './connect.ts';
import { type IsOurs, ownAccount } from './own-account.ts';
import { type ProposedChange, proposeChange } from './propose-change.ts';
import { readCommit, readCommits } from './read-commits.ts';
import { readIssue } from './read-issue.ts';
import { readOpenPullRequestsAt, readPullRequest, readPullRequestsOf } from './read-pull-requests.ts';
import { readPushes } from './read-pushes.ts';
import { readReviews } from './read-reviews.ts';
import { writeCheck } from './write-check.ts';
import { type Comment, writeComment } from './write-comment.ts';
import { type Deployment, writeDeployment } from './write-deployment.ts';
import { type Issue, writeIssue } from './write-issue.ts';
import { writeLabels } from './write-labels.ts';

export type GitHub = Awaited<ReturnType<typeof openGitHub>>;

/**
 * One repository of GitHub: plain data in and out, lists always read to their last page, waits and repeats where GitHub asks for it.
 * Everything throws `GitHubError` where GitHub does not do it. Throws `UsageError` for a token or a repository that cannot be one.
 */
export async function openGitHub(access: Access) {
  const connection = await connect(access);
  let own: Promise<IsOurs> | undefined;
  const isOurs = (): Promise<IsOurs> => {
    own ??= ownAccount(connection);
    return own;
  };

  return {
    pullRequest: (number: number) => readPullRequest(connection, number),
    pullRequestsOf: (commit: string) => readPullRequestsOf(connection, commit),
    openPullRequestsAt: (commit: string) => readOpenPullRequestsAt(connection, commit),
    reviewsOf: (number: number) => readReviews(connection, number),
    commitsOf: (number: number) => readCommits(connection, number),
    async authorshipOf(number: number): Promise<Authorship> {
      const pull = await readPullRequest(connection, number);
      const { commits, isComplete } = await readCommits(connection, number);
      return authorshipOf(commits, {
        author: pull.author,
        isComplete,
        lastPusher: (await readPushes(connection, pull))?.find(({ commit }) => commit === pull.head.commit)?.by,
      });
    },
    /** Who wrote one commit. */
    authorsOf: async (commit: string): Promise<Authorship> => authorshipOf([await readCommit(connection, commit)]),
    issueOf: (number: number) => readIssue(connection, number),
    /** The name of the branch everything is merged into. */
    async defaultBranch(): Promise<string> {
      return (await connection.octokit.rest.repos.get(connection.repo)).data.default_branch;
    },
    /** The commit a branch ends in now. */
    async tipOf(branch: string): Promise<string> {
      const { data } = await connection.octokit.rest.git.getRef({ ...connection.repo, ref: `heads/${branch}` });
      return data.object.sha;
    },
    comment: async (comment: Comment) => writeComment(connection, await isOurs(), comment),
    check: (check: Check) => writeCheck(connection, check),
    label: (number: number, labels: readonly string[]) => writeLabels(connection, number, labels),
    ask: (number: number, logins: readonly string[]) => askReviewers(connection, number, logins),
    issue: async (issue: Issue) => writeIssue(connection, await isOurs(), issue),
    closeIssues: async (marker: string) => closeIssues(connection, await isOurs(), marker),
    deployment: (deployment: Deployment) => writeDeployment(connection, deployment),
    propose: (change: ProposedChange) => proposeChange(connection, change),
  };
}
