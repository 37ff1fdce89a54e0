import type { Answer, BranchProtection, RepositorySettings } from '../../doctor/repository-settings.ts';
import { type Access, connect } from './connect.ts';
import { GitHubError } from './github-error.ts';
import { type BranchRule, classicProtection, type Protection, protectionOf } from './protection-of.ts';
import { readEnvironments } from './read-environments.ts';

/** Asks GitHub how a repository is set up. What it does not say, or not to this token, is `unread`. Throws `UsageError` as `connect` does. */
export async function readSettings(access: Access): Promise<RepositorySettings> {
  const connection = await connect(access);
  const { octokit, repo } = connection;
  const about = await ask(() => octokit.rest.repos.get(repo));
  const defaultBranch = 'value' in about ? about.value.data.default_branch : undefined;
  const branch = { ...repo, branch: defaultBranch ?? 'main' };
  const [rules, protection, environments, actions, identity, owners] = await Promise.all([
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
    ask(() => readEnvironments(connection)),
    ask(() => octokit.rest.actions.getGithubActionsDefaultWorkflowPermissionsRepository(repo)),
    ask(() => octokit.rest.actions.getCustomOidcSubClaimForRepo(repo)),
    ask(() => octokit.rest.repos.codeownersErrors(repo)),
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
    environments,
    actions: mapAnswer(actions, ({ data }) => ({
      defaultToken: data.default_workflow_permissions,
      mayApprovePullRequests: data.can_approve_pull_request_reviews,
    })),
    identityClaims: mapAnswer(identity, ({ data }) =>
      data.use_default ? ['repo', 'context'] : (data.include_claim_keys ?? []),
    ),
    // No CODEOWNERS is no error in it; that there is none, the files say.
    codeOwnersErrors:
      'unread' in owners && owners.unread.startsWith('GitHub answers 404') && 'value' in about
        ? { value: [] }
        : mapAnswer(owners, ({ data }) =>
            data.errors.map(({ path, line, column, kind }) => ({ path, line, column, message: kind })),
          ),
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
