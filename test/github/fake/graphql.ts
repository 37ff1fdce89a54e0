import { coAuthorsOf } from '../../../engine/review/authorship-of.ts';
import type { Host, Token } from './host.ts';
import { readCommits } from './objects.ts';

interface Variables {
  number?: number;
  after?: string | null;
  commit?: string;
}

/** The questions of ours that only GraphQL answers. Ids beyond 32 bits are no `databaseId`. */
export function answerGraphql(host: Host, token: Token, query: string, variables: Variables): unknown {
  const { hasNoGraphql, hasOnlyDatabaseId } = host.knobs;
  if (hasNoGraphql) return { errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }] };
  if (query.includes('viewer')) return { data: { viewer: { login: token.user.login } } };
  if (query.includes('authors'))
    return { data: { repository: { object: { authors: { nodes: authorsOf(host, variables.commit ?? '') } } } } };
  if (query.includes('userContentEdits')) {
    const editors = host.issues.get(variables.number ?? 0)?.editors ?? [];
    const nodes = editors.map(({ login }) => ({ editor: { login } }));
    const userContentEdits = { pageInfo: { hasNextPage: false, endCursor: null }, nodes };
    return { data: { repository: { issueOrPullRequest: { userContentEdits } } } };
  }
  if (hasOnlyDatabaseId && query.includes('fullDatabaseId'))
    return { errors: [{ message: "Field 'fullDatabaseId' doesn't exist on type 'PullRequestReview'" }] };
  const reviews = host.pulls.get(variables.number ?? 0)?.reviews;
  if (!reviews)
    return {
      data: { repository: { pullRequest: null } },
      errors: [{ type: 'NOT_FOUND', message: 'no such pull request' }],
    };
  const from = Number(variables.after ?? 0);
  const nodes = reviews.slice(from, from + 100).map(({ id, lastEditedAt }) => ({
    ...(query.includes('fullDatabaseId') && { fullDatabaseId: String(id) }),
    databaseId: id < 2 ** 31 || hasOnlyDatabaseId ? id : null,
    lastEditedAt,
  }));
  const pageInfo = { hasNextPage: from + 100 < reviews.length, endCursor: String(from + 100) };
  return { data: { repository: { pullRequest: { reviews: { pageInfo, nodes } } } } };
}

function authorsOf(host: Host, sha: string) {
  const [commit] = readCommits(host.git, sha);
  if (!commit) return [];
  return [commit.author, ...coAuthorsOf(commit.message)].map(({ email }) => {
    const user = host.users.find((one) => one.email === email);
    return { email, user: user ? { databaseId: user.id, login: user.login } : null };
  });
}
