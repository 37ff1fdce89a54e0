import { type Connection, untilClear } from './connect.ts';
import { cutText } from './cut-text.ts';
import { openIssues } from './open-issues.ts';
import type { IsOurs } from './own-account.ts';

export interface Issue {
  /** An HTML comment by which it is found again; becomes its first line. */
  marker: string;
  title: string;
  body: string;
  /** Created where they are missing. */
  labels?: readonly string[];
}

/** Keeps one open issue: updates ours with the marker, or opens one. */
export async function writeIssue(
  connection: Connection,
  isOurs: IsOurs,
  { marker, title, body: text, labels = [] }: Issue,
): Promise<{ number: number; url: string; did: 'created' | 'updated' }> {
  const { octokit, repo } = connection;
  const body = cutText(`${marker}\n${text}`);
  return untilClear(connection, async () => {
    const [ours] = await openIssues(connection, isOurs, marker);
    const content = { ...repo, title: title.slice(0, 250), body, labels: [...labels] };
    const { data } = ours
      ? await octokit.rest.issues.update({ ...content, issue_number: ours.number })
      : await octokit.rest.issues.create(content);
    return { number: data.number, url: data.html_url, did: ours ? 'updated' : 'created' };
  });
}
