/** Values of the fake as GitHub words them. */
import type { CheckRun, Comment, Host, Issue, Pull, Review, User } from './host.ts';
import type { Person, ReadCommit } from './objects.ts';

export const userJson = (user: User | null) => user && { id: user.id, login: user.login, type: user.type };

const webUrl = (host: Host, path: string): string => `https://github.example/${host.owner}/${host.name}/${path}`;

export const commentJson = (host: Host, number: number, { id, user, body }: Comment) => ({
  id,
  user: userJson(user),
  body,
  html_url: webUrl(host, `issues/${number}#issuecomment-${id}`),
});

export const issueJson = (host: Host, issue: Issue, isPull: boolean) => ({
  number: issue.number,
  title: issue.title,
  body: issue.body,
  user: userJson(issue.author),
  state: issue.state,
  labels: issue.labels.map((name) => ({ name })),
  html_url: webUrl(host, `issues/${issue.number}`),
  created_at: issue.createdAt,
  ...(isPull && { pull_request: { url: webUrl(host, `pull/${issue.number}`) } }),
});

export const pullJson = (host: Host, pull: Pull, commits: number) => ({
  number: pull.number,
  title: pull.title,
  body: pull.body,
  user: userJson(pull.author),
  state: pull.state,
  draft: pull.isDraft,
  merged: pull.mergedAt !== null,
  merged_at: pull.mergedAt,
  merged_by: userJson(pull.mergedBy),
  merge_commit_sha: pull.mergeCommit,
  base: { ref: pull.base, sha: pull.baseCommit, repo: { full_name: `${host.owner}/${host.name}` } },
  head: { ref: pull.headRef, sha: pull.head, repo: pull.headRepository && { full_name: pull.headRepository } },
  labels: pull.labels.map((name) => ({ name })),
  requested_reviewers: pull.asked.map(userJson),
  html_url: webUrl(host, `pull/${pull.number}`),
  commits,
});

export const reviewJson = (review: Review) => ({
  id: review.id,
  user: userJson(review.user),
  state: review.state,
  body: review.body,
  submitted_at: review.state === 'PENDING' ? undefined : review.submittedAt,
  commit_id: review.commit,
});

export function commitJson(host: Host, { sha, message, author, committer, parents }: ReadCommit) {
  const ownerOf = ({ email }: Person) => userJson(host.users.find((user) => user.email === email) ?? null);
  return {
    sha,
    commit: { message, author, committer, verification: { verified: host.knobs.isVerified(sha) } },
    author: ownerOf(author),
    committer: ownerOf(committer),
    parents: parents.map((parent) => ({ sha: parent })),
  };
}

export const checkJson = (check: CheckRun) => ({
  id: check.id,
  name: check.name,
  head_sha: check.commit,
  status: check.status,
  conclusion: check.conclusion,
  external_id: check.externalId,
  output: { title: check.title, summary: check.summary, annotations_count: check.annotations.length },
  app: { slug: check.app },
});
