import { type Connection, untilClear } from './connect.ts';
import { openIssues } from './open-issues.ts';
import type { IsOurs } from './own-account.ts';

/** Closes every open issue of ours with the marker, as done; gives their addresses, none where there is nothing to close. */
export async function closeIssues(connection: Connection, isOurs: IsOurs, marker: string): Promise<string[]> {
  const { octokit, repo } = connection;
  return untilClear(connection, async () => {
    const closed: string[] = [];
    for (const { number } of await openIssues(connection, isOurs, marker)) {
      const done = { state: 'closed', state_reason: 'completed' } as const;
      const { data } = await octokit.rest.issues.update({ ...repo, issue_number: number, ...done });
      closed.push(data.html_url);
    }
    return closed;
  });
}
