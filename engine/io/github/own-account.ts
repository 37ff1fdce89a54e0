import type { Connection } from './connect.ts';
import { GitHubError } from './github-error.ts';

/** The account GitHub's own workflows write with. */
const WORKFLOWS = 'github-actions';

/** Tells whether something was written with our own token: a person may copy our text, but not our name. */
export type IsOurs = (user: { login: string; type?: string } | null | undefined) => boolean;

/** Asks once whose token this is; the tokens of workflows and apps may not ask for their user, only for the viewer. */
export async function ownAccount({ octokit }: Connection): Promise<IsOurs> {
  try {
    const { data } = await octokit.rest.users.getAuthenticated();
    return (user) => user?.login === data.login;
  } catch (error) {
    if (!(error instanceof GitHubError) || error.isTransient || error.status === 401) throw error;
  }
  const bot = (await viewerLogin(octokit)) ?? WORKFLOWS;
  const login = `${bot.replace(/\[bot\]$/, '')}[bot]`;
  return (user) => user?.login === login && user.type === 'Bot';
}

async function viewerLogin(octokit: Connection['octokit']): Promise<string | undefined> {
  try {
    return (await octokit.graphql<{ viewer: { login: string } }>('query { viewer { login } }')).viewer.login;
  } catch (error) {
    if (error instanceof GitHubError && error.isTransient) throw error;
    return undefined;
  }
}
