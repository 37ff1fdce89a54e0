import { repositoryName } from '../../engine/io/git.ts';
import { appToken } from '../../engine/io/github/app-token.ts';
import { type GitHub, openGitHub } from '../../engine/io/github/open-github.ts';
import type { Pace } from '../../engine/io/github/retry.ts';
import { UsageError } from '../../engine/usage-error.ts';
import type { Context } from '../command.ts';

/** GitHub and who asks it. */
export interface AtGitHub {
  github: GitHub;
  /** `owner/name`. */
  repository: string;
  /** Where git reads from, and the token it shows there. */
  credentials: { server: string; token: string };
}

/** The variables a workflow sets by itself, but the token, which it has to be given. */
type Surroundings = Pick<Context, 'root' | 'variables'>;

/**
 * Opens the repository on GitHub: the named one, else that of the workflow, else that of `origin`.
 * Throws `UsageError` where there is no token or no repository.
 */
export async function openAtGitHub({ root, variables }: Surroundings, named?: string, pace?: Pace): Promise<AtGitHub> {
  const token = variables.GITHUB_TOKEN;
  if (!token)
    throw new UsageError(
      'there is no token of GitHub in GITHUB_TOKEN',
      'in a workflow: `env: { GITHUB_TOKEN: ${{ github.token }} }`; elsewhere: GITHUB_TOKEN=$(gh auth token) proviso …',
    );
  const repository = named || variables.GITHUB_REPOSITORY || (await repositoryName(root));
  if (repository.startsWith('local/'))
    throw new UsageError('this repository comes from no place on GitHub', 'name it: --repository owner/name');
  const github = await openGitHub({ token, repository, baseUrl: variables.GITHUB_API_URL, pace });
  const server = variables.GITHUB_SERVER_URL || 'https://github.com';
  return { github, repository, credentials: { server, token } };
}

/** The same as the app whose id and key the surroundings hold; undefined where they hold none. What an app opens starts workflows. */
export async function openAtGitHubAsApp(
  { variables }: Surroundings,
  repository: string,
  pace?: Pace,
): Promise<GitHub | undefined> {
  const { PROVISO_APP_ID: id, PROVISO_APP_KEY: key, GITHUB_API_URL: baseUrl } = variables;
  if (!id || !key) return undefined;
  const access = { repository, baseUrl, pace };
  const token = await appToken(access, { id, key }, { contents: 'write', pull_requests: 'write' });
  return openGitHub({ ...access, token });
}
