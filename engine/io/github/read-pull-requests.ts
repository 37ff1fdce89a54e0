import type { PullRequest } from '../../review/pull-request.ts';
import { accountOf } from './account-of.ts';
import type { Connection } from './connect.ts';
import { GitHubError } from './github-error.ts';

/** One pull request. */
export async function readPullRequest({ octokit, repo }: Connection, number: number): Promise<PullRequest> {
  const { data } = await octokit.rest.pulls.get({ ...repo, pull_number: number });
  return pullRequestOf(data);
}

/** Every pull request GitHub says a commit belongs to; none where GitHub does not know the commit. */
export async function readPullRequestsOf({ octokit, repo }: Connection, commit: string): Promise<PullRequest[]> {
  const found = { ...repo, commit_sha: commit, per_page: 100 };
  try {
    return (await octokit.paginate('GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls', found)).map(pullRequestOf);
  } catch (error) {
    if (error instanceof GitHubError && error.status === 422) return [];
    throw error;
  }
}

/** The open pull requests whose branch ends in this commit, or whose trial merge it is. */
export async function readOpenPullRequestsAt({ octokit, repo }: Connection, commit: string): Promise<PullRequest[]> {
  const open = await octokit.paginate('GET /repos/{owner}/{repo}/pulls', { ...repo, state: 'open', per_page: 100 });
  return open.map(pullRequestOf).filter(({ head, mergeCommit }) => head.commit === commit || mergeCommit === commit);
}

interface GivenSide {
  ref: string;
  sha: string;
  repo: { full_name: string } | null;
}

interface Given {
  number: number;
  title: string;
  body: string | null;
  user: Parameters<typeof accountOf>[0];
  state: string;
  draft?: boolean;
  merged_at: string | null;
  merge_commit_sha: string | null;
  base: GivenSide;
  head: GivenSide;
  labels: readonly { name: string }[];
  requested_reviewers?: readonly { login: string }[] | null;
  html_url: string;
}

const pullRequestOf = (given: Given): PullRequest => ({
  number: given.number,
  title: given.title,
  body: given.body ?? '',
  author: accountOf(given.user),
  state: given.state === 'open' ? 'open' : 'closed',
  isDraft: given.draft === true,
  mergedAt: given.merged_at,
  mergeCommit: given.merge_commit_sha,
  base: { ref: given.base.ref, commit: given.base.sha, repository: given.base.repo?.full_name ?? '' },
  head: { ref: given.head.ref, commit: given.head.sha, repository: given.head.repo?.full_name ?? null },
  labels: given.labels.map(({ name }) => name),
  asked: (given.requested_reviewers ?? []).map(({ login }) => login),
  url: given.html_url,
});
