import type { Account } from '../../approve/approval.ts';
import { accountOf } from './account-of.ts';
import type { Connection } from './connect.ts';
import { GitHubError } from './github-error.ts';

export interface ReadIssue {
  number: number;
  title: string;
  body: string;
  /** null: the account is gone. */
  author: Account | null;
  state: 'open' | 'closed';
  isPullRequest: boolean;
  /** Logins of everybody who has changed its text since; undefined where nobody can tell. */
  editors: readonly string[] | undefined;
}

/** One issue. */
export async function readIssue({ octokit, repo }: Connection, number: number): Promise<ReadIssue> {
  const { data } = await octokit.rest.issues.get({ ...repo, issue_number: number });
  return {
    number: data.number,
    title: data.title,
    body: data.body ?? '',
    author: accountOf(data.user),
    state: data.state === 'open' ? 'open' : 'closed',
    isPullRequest: data.pull_request !== undefined,
    editors: await readEditors({ octokit, repo }, number),
  };
}

const EDITS = `query($owner: String!, $repo: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $repo) {
    issueOrPullRequest(number: $number) {
      ... on Issue {
        userContentEdits(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { editor { login } } }
      }
    }
  }
}`;

interface Edits {
  repository: {
    issueOrPullRequest: {
      userContentEdits?: {
        pageInfo: { hasNextPage: boolean; endCursor: string | null };
        nodes: readonly ({ editor: { login: string } | null } | null)[];
      } | null;
    } | null;
  } | null;
}

/** Only GraphQL tells. */
async function readEditors({ octokit, repo }: Pick<Connection, 'octokit' | 'repo'>, number: number) {
  const editors = new Set<string>();
  try {
    for (let after: string | null = null; ; ) {
      const page: Edits = await octokit.graphql<Edits>(EDITS, { ...repo, number, after });
      const edits = page.repository?.issueOrPullRequest?.userContentEdits;
      for (const node of edits?.nodes ?? []) editors.add(node?.editor?.login ?? 'ghost');
      if (!edits?.pageInfo.hasNextPage) return [...editors];
      after = edits.pageInfo.endCursor;
    }
  } catch (error) {
    if (error instanceof GitHubError && error.isTransient) throw error;
    return undefined;
  }
}
