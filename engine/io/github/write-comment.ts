import { type Connection, untilClear } from './connect.ts';
import { cutText } from './cut-text.ts';
import type { IsOurs } from './own-account.ts';

export interface Comment {
  /** Of an issue or a pull request. */
  number: number;
  /** An HTML comment by which it is found again, such as `<!-- proviso-report:v1 -->`; becomes its first line. */
  marker: string;
  body: string;
}

export interface WrittenComment {
  url: string;
  did: 'created' | 'updated' | 'nothing';
}

/** Puts a text under an issue or pull request once: what was there of it is replaced, and older copies give way to a link. */
export async function writeComment(connection: Connection, isOurs: IsOurs, comment: Comment): Promise<WrittenComment> {
  const { number, marker } = comment;
  const { octokit, repo } = connection;
  const body = cutText(`${marker}\n${comment.body}`);
  return untilClear(connection, async () => {
    const all = await octokit.paginate('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      ...repo,
      issue_number: number,
      per_page: 100,
    });
    const ours = all.filter((one) => isOurs(one.user) && firstLine(one.body) === marker);
    const current = ours.pop();
    for (const older of ours) {
      const link = `Replaced by [a newer one](${current?.html_url}).\n`;
      await octokit.rest.issues.updateComment({ ...repo, comment_id: older.id, body: link });
    }
    if (current && current.body?.trimEnd() === body.trimEnd()) return { url: current.html_url, did: 'nothing' };
    if (current) {
      const { data } = await octokit.rest.issues.updateComment({ ...repo, comment_id: current.id, body });
      return { url: data.html_url, did: 'updated' };
    }
    const { data } = await octokit.rest.issues.createComment({ ...repo, issue_number: number, body });
    return { url: data.html_url, did: 'created' };
  });
}

const firstLine = (body: string | undefined): string | undefined => body?.split(/\r?\n/, 1)[0]?.trimEnd();
