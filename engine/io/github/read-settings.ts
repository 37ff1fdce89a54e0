import type {
  Answer,
  BranchProtection,
  DeploymentEnvironment,
  RepositorySettings,
} from '../../doctor/repository-settings.ts';
import { type Access, connect } from './connect.ts';
import { GitHubError } from './github-error.ts';
import { type BranchRule, classicProtection, type Protection, protectionOf } from './protection-of.ts';

/** Asks GitHub how a repository is set up. What it does not say, or not to this token, is `unread`. Throws `UsageError` as `connect` does. */
export async function readSettings(access: Access): Promise<RepositorySettings> {
  const { octokit, repo } = await connect(access);
  const about = await ask(() => octokit.rest.repos.get(repo));
  const defaultBranch = 'value' in about ? about.value.data.default_branch : undefined;
  const branch = { ...repo, branch: defaultBranch ?? 'main' };
  const [rules, protection, environments, actions] = await Promise.all([
    ask(() => octokit.paginate(octokit.rest.repos.getBranchRules, { ...branch, per_page: 100 })),
    ask(async () => {
      try {
        return (await octokit.rest.repos.getBranchProtection(branch)).data;
      } catch (error) {
        // Said to admins only; others get the same number without these words.
        if (error instanceof GitHubError && error.status === 404 && /not protected/i.test(error.message))
          return undefined;
        throw error;
      }
    }),
    ask(() => octokit.paginate(octokit.rest.repos.getAllEnvironments, { ...repo, per_page: 100 })),
    ask(() => octokit.rest.actions.getGithubActionsDefaultWorkflowPermissionsRepository(repo)),
  ]);
  const bypass = await ask(async () => {
    const ids = 'value' in rules ? new Set((rules.value as BranchRule[]).map(({ ruleset_id }) => ruleset_id)) : [];
    const actors: string[] = [];
    for (const ruleset_id of ids) {
      if (ruleset_id === undefined) continue;
      const { data } = await octokit.rest.repos.getRepoRuleset({ ...repo, ruleset_id });
      if (!data.bypass_actors) throw new GitHubError(UNSHOWN);
      for (const { actor_type, actor_id, bypass_mode } of data.bypass_actors)
        actors.push(
          `${actor_type} ${actor_id ?? ''} (${bypass_mode ?? 'always'}, ruleset ${data.name})`.replace('  ', ' '),
        );
    }
    return actors;
  });

  const classic: Answer<Protection> = mapAnswer(protection, classicProtection);
  return {
    repository: access.repository,
    ...(defaultBranch !== undefined && { defaultBranch }),
    branch: combine(rules as Answer<BranchRule[]>, classic),
    bypass: bypassOf(rules, bypass, classic),
    mergeMethods: mergeMethodsOf(about, rules as Answer<BranchRule[]>),
    environments: mapAnswer(environments, (found) => (found as unknown as ToldEnvironment[]).map(environmentOf)),
    actions: mapAnswer(actions, ({ data }) => ({
      defaultToken: data.default_workflow_permissions,
      mayApprovePullRequests: data.can_approve_pull_request_reviews,
    })),
  };
}

const UNSHOWN = 'it is not shown to this token; needs admin';

async function ask<T>(question: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await question() };
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    const { status } = error;
    if (status === undefined) return { unread: error.message === UNSHOWN ? UNSHOWN : 'GitHub cannot be reached' };
    if (status === 401) return { unread: 'GitHub refuses the token' };
    return { unread: `GitHub answers ${status}${status === 403 || status === 404 ? '; needs admin' : ''}` };
  }
}

const mapAnswer = <From, To>(answer: Answer<From>, map: (value: From) => To): Answer<To> =>
  'value' in answer ? { value: map(answer.value) } : answer;

function combine(rules: Answer<BranchRule[]>, classic: Answer<Protection>): Answer<BranchProtection> {
  if (!('value' in rules) && !('value' in classic)) return rules;
  const parts = [
    ...('value' in rules ? [protectionOf(rules.value)] : []),
    ...('value' in classic ? [classic.value] : []),
  ];
  const reviews = parts.flatMap(({ pullRequest }) => pullRequest ?? []);
  return {
    value: {
      isWhole: 'value' in rules && 'value' in classic,
      forcePushes: parts.every(({ forcePushes }) => forcePushes),
      deletion: parts.every(({ deletion }) => deletion),
      ...(reviews.length > 0 && {
        pullRequest: {
          approvals: Math.max(...reviews.map(({ approvals }) => approvals)),
          dismissesStale: reviews.some(({ dismissesStale }) => dismissesStale),
          lastPushApproval: reviews.some(({ lastPushApproval }) => lastPushApproval),
        },
      }),
      requiredChecks: [...new Set(parts.flatMap(({ requiredChecks }) => requiredChecks))].sort(),
      upToDate: parts.some(({ upToDate }) => upToDate),
      mergeQueue: parts.some(({ mergeQueue }) => mergeQueue),
    },
  };
}

/** Somebody who is let past branch protection is let past nothing where rulesets say the same, but that is rare enough to be told. */
function bypassOf(
  rules: Answer<unknown>,
  actors: Answer<readonly string[]>,
  classic: Answer<Protection>,
): Answer<readonly string[]> {
  if (!('value' in rules)) return rules;
  if (!('value' in actors)) return actors;
  if (!('value' in classic) && actors.value.length === 0) return classic;
  return { value: [...actors.value, ...('value' in classic ? classic.value.bypass : [])] };
}

function mergeMethodsOf(
  about: Answer<{ data: { allow_merge_commit?: boolean; allow_squash_merge?: boolean; allow_rebase_merge?: boolean } }>,
  rules: Answer<BranchRule[]>,
): RepositorySettings['mergeMethods'] {
  const allowed =
    'value' in rules
      ? rules.value.flatMap(({ parameters }) =>
          parameters?.allowed_merge_methods ? [parameters.allowed_merge_methods] : [],
        )
      : [];
  const byRules = (method: string): boolean => allowed.every((methods) => methods.includes(method));
  if (!byRules('rebase')) return { value: { merge: byRules('merge'), squash: byRules('squash'), rebase: false } };
  if (!('value' in about)) return about;
  const { allow_merge_commit: merge, allow_squash_merge: squash, allow_rebase_merge: rebase } = about.value.data;
  if (merge === undefined || squash === undefined || rebase === undefined) return { unread: UNSHOWN };
  return { value: { merge: merge && byRules('merge'), squash: squash && byRules('squash'), rebase } };
}

interface ToldEnvironment {
  name: string;
  protection_rules?: readonly { type: string }[];
  deployment_branch_policy?: object | null;
  can_admins_bypass?: boolean;
}

const environmentOf = ({
  name,
  protection_rules: rules = [],
  deployment_branch_policy: policy,
  can_admins_bypass: bypass = true,
}: ToldEnvironment): DeploymentEnvironment => ({
  name,
  limitsBranches: !!policy,
  hasReviewers: rules.some(({ type }) => type === 'required_reviewers'),
  adminsMayBypass: bypass,
});
