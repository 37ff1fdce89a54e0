import type { Connection } from './connect.ts';
import { GitHubError } from './github-error.ts';
import { readPullRequest } from './read-pull-requests.ts';

/**
 * Asks people for a review who are not asked yet; gives those it asked. The author cannot be asked, and who is no collaborator cannot
 * either, which is left to the report to say.
 */
export async function askReviewers(
  connection: Connection,
  number: number,
  logins: readonly string[],
): Promise<string[]> {
  const { octokit, repo } = connection;
  const { author, asked } = await readPullRequest(connection, number);
  const known = new Set([author?.login ?? '', ...asked].map((login) => login.toLowerCase()));
  const left = logins.filter((login) => !known.has(login.toLowerCase()));
  const done: string[] = [];
  // One by one, because GitHub refuses all of them for one it does not take.
  for (const login of left) {
    try {
      await octokit.rest.pulls.requestReviewers({ ...repo, pull_number: number, reviewers: [login] });
      done.push(login);
    } catch (error) {
      if (!(error instanceof GitHubError && error.status === 422)) throw error;
    }
  }
  return done;
}
