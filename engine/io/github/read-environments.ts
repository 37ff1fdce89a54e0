import type { DeploymentEnvironment } from '../../doctor/repository-settings.ts';
import type { Connection } from './connect.ts';

/** What GitHub answers of an environment, as far as it is looked at. */
interface Told {
  name: string;
  protection_rules?: readonly { type: string }[];
  deployment_branch_policy?: { protected_branches: boolean } | null;
  can_admins_bypass?: boolean;
}

/** The environments of a repository, and which branches may deploy to each. Throws `GitHubError`. */
export async function readEnvironments({ octokit, repo }: Connection): Promise<DeploymentEnvironment[]> {
  const found = await octokit.paginate(octokit.rest.repos.getAllEnvironments, { ...repo, per_page: 100 });
  return Promise.all(
    (found as unknown as Told[]).map(async ({ name, protection_rules: rules = [], ...told }) => ({
      name,
      branches: await branchesOf(told.deployment_branch_policy ?? undefined, name),
      hasReviewers: rules.some(({ type }) => type === 'required_reviewers'),
      // GitHub lets them past where it says nothing.
      adminsMayBypass: told.can_admins_bypass ?? true,
    })),
  );

  async function branchesOf(
    policy: { protected_branches: boolean } | undefined,
    environment_name: string,
  ): Promise<DeploymentEnvironment['branches']> {
    if (!policy) return 'any';
    if (policy.protected_branches) return 'protected';
    const asked = { ...repo, environment_name, per_page: 100 };
    const policies = await octokit.paginate(octokit.rest.repos.listDeploymentBranchPolicies, asked);
    return (policies as readonly { name?: string }[]).map(({ name = '' }) => name);
  }
}
