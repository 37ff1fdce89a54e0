import type { Connection } from './connect.ts';
import type { IsOurs } from './own-account.ts';

/** Our open issues whose text begins with a marker, newest first. */
export async function openIssues({ octokit, repo }: Connection, isOurs: IsOurs, marker: string) {
  const open = await octokit.paginate('GET /repos/{owner}/{repo}/issues', { ...repo, state: 'open', per_page: 100 });
  return open.filter((one) => !one.pull_request && isOurs(one.user) && one.body?.startsWith(marker));
}
