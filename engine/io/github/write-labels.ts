import type { Connection } from './connect.ts';
import { GitHubError } from './github-error.ts';

/** Labels that begin so are ours; all others are left alone. */
const OURS = 'proviso/';

/** Makes an issue or pull request carry exactly `wanted` of our labels; all of `wanted` begin with `proviso/`. */
export async function writeLabels(
  { octokit, repo }: Connection,
  number: number,
  wanted: readonly string[],
): Promise<void> {
  const about = { ...repo, issue_number: number };
  const labels = await octokit.paginate('GET /repos/{owner}/{repo}/issues/{issue_number}/labels', {
    ...about,
    per_page: 100,
  });
  const there = labels.map(({ name }) => name).filter((name) => name.startsWith(OURS));
  const missing = wanted.filter((name) => name.startsWith(OURS) && !there.includes(name));
  if (missing.length > 0) await octokit.rest.issues.addLabels({ ...about, labels: missing });
  for (const name of there.filter((one) => !wanted.includes(one))) {
    try {
      await octokit.rest.issues.removeLabel({ ...about, name });
    } catch (error) {
      if (!(error instanceof GitHubError && error.status === 404)) throw error;
    }
  }
}
