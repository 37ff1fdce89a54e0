import type { Account } from '../../approve/approval.ts';
import type { PullRequest } from '../../review/pull-request.ts';
import { accountOf } from './account-of.ts';
import type { Connection } from './connect.ts';
import { GitHubError } from './github-error.ts';

const ACTIVITY = 'GET /repos/{owner}/{repo}/activity';

/** Who pushed the commit a pull request ends in, or undefined where GitHub does not tell: forks that are gone, older servers. */
export async function readLastPusher({ octokit }: Connection, { head }: PullRequest): Promise<Account | undefined> {
  const [owner, repo] = head.repository?.split('/') ?? [];
  if (!owner || !repo) return undefined;
  try {
    const wanted = { owner, repo, ref: `refs/heads/${head.ref}`, per_page: 100 };
    for await (const { data } of octokit.paginate.iterator(ACTIVITY, wanted)) {
      const push = data.find(({ after }) => after === head.commit);
      if (push) return accountOf(push.actor) ?? undefined;
    }
    return undefined;
  } catch (error) {
    if (error instanceof GitHubError && !error.isTransient) return undefined;
    throw error;
  }
}
