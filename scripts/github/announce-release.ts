import { firstParents } from '../../engine/io/first-parents.ts';
import { plain } from '../../engine/report/plain.ts';
import type { Context } from '../command.ts';
import { openAtGitHub } from './open-github.ts';

export interface Announced {
  environment: string;
  /** The number of the release. */
  release: number;
  commit: string;
  /** What was published before; without it only the commit itself is new. */
  previous?: string;
}

/**
 * Says on GitHub that a release is in force: on every pull request that came with it, and as the state of the deployment. Gives the numbers
 * of those pull requests. For where publishing runs in a workflow with a token; throws `GitHubError`, with the release in force all the same.
 */
export async function announceRelease(
  context: Pick<Context, 'root' | 'variables'>,
  { environment, release, commit, previous }: Announced,
): Promise<number[]> {
  const { github } = await openAtGitHub(context);
  const description = `release ${release}`;
  await github.deployment({
    commit,
    environment,
    state: 'success',
    description,
    payload: { release, previous: previous ?? null },
    logUrl: runUrl(context.variables),
  });
  const commits =
    previous === undefined ? [commit] : (await firstParents(context.root, previous, commit)).map(({ id }) => id);
  const numbers = new Set<number>();
  for (const id of commits)
    for (const { number, mergeCommit, mergedAt } of await github.pullRequestsOf(id))
      if (mergedAt !== null && (mergeCommit === id || commits.includes(mergeCommit ?? ''))) numbers.add(number);
  for (const number of numbers)
    await github.comment({
      number,
      marker: `<!-- proviso-released:v1 ${environment} -->`,
      body: `Released to ${environment} as ${description} (${commit}).\n`,
    });
  return [...numbers].sort((one, other) => one - other);
}

export interface Stopped {
  environment: string;
  commit: string;
  /** Markdown: why, and the ways out. */
  body: string;
}

/** Says on GitHub that nothing was published: as the state of the deployment, and in one open issue until somebody closes it. */
export async function announceStop(
  context: Pick<Context, 'root' | 'variables'>,
  { environment, commit, body }: Stopped,
): Promise<{ issue: number }> {
  const { github } = await openAtGitHub(context);
  const logUrl = runUrl(context.variables);
  await github.deployment({ commit, environment, state: 'failure', description: 'nothing was published', logUrl });
  const { number } = await github.issue({
    marker: `<!-- proviso-stopped:v1 ${environment} -->`,
    title: `Publishing to ${environment} has stopped`,
    body: logUrl ? `${body}\n\n[The run](${logUrl})\n` : body,
    labels: ['proviso/stopped'],
  });
  return { issue: number };
}

/** The page of the workflow run this is part of. */
function runUrl({ GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID }: Context['variables']): string | undefined {
  if (!GITHUB_SERVER_URL || !GITHUB_REPOSITORY || !GITHUB_RUN_ID) return undefined;
  return plain(`${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`);
}
