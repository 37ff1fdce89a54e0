import { type Connection, untilClear } from './connect.ts';

export interface Deployment {
  commit: string;
  /** `production`. */
  environment: string;
  state: 'success' | 'failure' | 'error' | 'in_progress' | 'inactive';
  /** Shown beside the state, such as `release 12`. */
  description: string;
  /** Kept with a deployment that is made for this. */
  payload?: Readonly<Record<string, string | number | boolean | null>>;
  logUrl?: string;
}

/** Says what became of a commit in an environment, at the deployment that is there (a workflow job with an environment makes one) or at one of its own. */
export async function writeDeployment(connection: Connection, deployment: Deployment): Promise<{ id: number }> {
  const { octokit, repo } = connection;
  const { commit, environment, state, payload, logUrl } = deployment;
  return untilClear(connection, async () => {
    const { data: known } = await octokit.rest.repos.listDeployments({
      ...repo,
      sha: commit,
      environment,
      per_page: 1,
    });
    const id = known[0]?.id ?? (await create(connection, { commit, environment, payload }));
    const description = deployment.description.slice(0, 140);
    await octokit.rest.repos.createDeploymentStatus({
      ...repo,
      deployment_id: id,
      state,
      description,
      environment,
      ...(logUrl !== undefined && { log_url: logUrl }),
    });
    return { id };
  });
}

async function create(
  { octokit, repo }: Connection,
  { commit, environment, payload = {} }: Pick<Deployment, 'commit' | 'environment' | 'payload'>,
): Promise<number> {
  const { data } = await octokit.rest.repos.createDeployment({
    ...repo,
    ref: commit,
    environment,
    auto_merge: false,
    required_contexts: [],
    production_environment: environment === 'production',
    payload,
  });
  return 'id' in data ? data.id : 0;
}
