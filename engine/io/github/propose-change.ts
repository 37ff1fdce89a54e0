import { type Connection, untilClear } from './connect.ts';
import { cutText } from './cut-text.ts';
import { GitHubError } from './github-error.ts';

export interface ProposedChange {
  /** Of our own; it is written anew each time. */
  branch: string;
  /** The branch it is for. */
  base: string;
  /** The commit it is made of, whose files these replace. */
  parent: string;
  message: string;
  files: readonly { path: string; content: string }[];
  title: string;
  body: string;
}

/**
 * Makes a commit through GitHub, without a clone, and the one open pull request of its branch. Where people have added to that branch
 * it is left as it is, and nothing is done.
 */
export async function proposeChange(
  connection: Connection,
  { branch, base, parent, message, files, title, body: text }: ProposedChange,
): Promise<{ number: number; url: string; did: 'created' | 'updated' | 'nothing' }> {
  const { octokit, repo } = connection;
  const { data: onto } = await octokit.rest.git.getCommit({ ...repo, commit_sha: parent });
  const tree = files.map(({ path, content }) => ({ path, content, mode: '100644' as const, type: 'blob' as const }));
  const body = cutText(text);
  return untilClear(connection, async () => {
    const known = await openPullRequest(connection, branch);
    if (known && known.commits > 1) return { number: known.number, url: known.html_url, did: 'nothing' };
    const made = await octokit.rest.git.createTree({ ...repo, base_tree: onto.tree.sha, tree });
    const parents = [parent];
    const commit = await octokit.rest.git.createCommit({ ...repo, message, tree: made.data.sha, parents });
    await moveBranch(connection, branch, commit.data.sha);
    const { data } = known
      ? await octokit.rest.pulls.update({ ...repo, pull_number: known.number, title, body })
      : await octokit.rest.pulls.create({ ...repo, title, body, base, head: branch });
    return { number: data.number, url: data.html_url, did: known ? 'updated' : 'created' };
  });
}

async function openPullRequest({ octokit, repo }: Connection, branch: string) {
  const { data } = await octokit.rest.pulls.list({ ...repo, state: 'open', head: `${repo.owner}:${branch}` });
  const known = data.find(({ head }) => head.ref === branch);
  return known && (await octokit.rest.pulls.get({ ...repo, pull_number: known.number })).data;
}

async function moveBranch({ octokit, repo }: Connection, branch: string, sha: string): Promise<void> {
  try {
    await octokit.rest.git.updateRef({ ...repo, ref: `heads/${branch}`, sha, force: true });
  } catch (error) {
    // GitHub says 422 for a branch that is not there.
    if (!(error instanceof GitHubError) || (error.status !== 422 && error.status !== 404)) throw error;
    await octokit.rest.git.createRef({ ...repo, ref: `refs/heads/${branch}`, sha });
  }
}
