import type { Account } from '../../approve/approval.ts';
import { accountOf } from './account-of.ts';
import type { Connection } from './connect.ts';

export interface ReadIssue {
  number: number;
  title: string;
  body: string;
  /** null: the account is gone. */
  author: Account | null;
  state: 'open' | 'closed';
  isPullRequest: boolean;
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
  };
}
