import type { Account } from '../../approve/approval.ts';
import type { PullRequest } from '../../review/pull-request.ts';
import { accountOf } from './account-of.ts';
import type { Connection } from './connect.ts';
import { GitHubError } from './github-error.ts';

const ACTIVITY = 'GET /repos/{owner}/{repo}/activity';

/** A branch that was moved. */
export interface Push {
  /** What it ended in from then on. */
  commit: string;
  /** ISO instant. */
  at: string;
  /** null: the account is gone. */
  by: Account | null;
}

/**
 * How the branch of a pull request was moved, newest first: back to where its head was pushed and to the given instant, no further than needed.
 * undefined where GitHub does not tell: forks that are gone or may not be read, older servers.
 */
export async function readPushes(
  { octokit }: Connection,
  { head }: Pick<PullRequest, 'head'>,
  since?: string,
): Promise<Push[] | undefined> {
  const [owner, repo] = head.repository?.split('/') ?? [];
  if (!owner || !repo) return undefined;
  const pushes: Push[] = [];
  try {
    const wanted = { owner, repo, ref: `refs/heads/${head.ref}`, per_page: 100 };
    for await (const { data } of octokit.paginate.iterator(ACTIVITY, wanted)) {
      pushes.push(
        ...data.map(({ after, timestamp, actor }) => ({ commit: after, at: timestamp, by: accountOf(actor) })),
      );
      const isFarEnough = since === undefined || Date.parse(pushes.at(-1)?.at ?? '') < Date.parse(since);
      if (isFarEnough && pushes.some(({ commit }) => commit === head.commit)) break;
    }
  } catch (error) {
    if (error instanceof GitHubError && !error.isTransient) return undefined;
    throw error;
  }
  return pushes;
}
