import type { BranchProtection } from '../../doctor/repository-settings.ts';

/** One source's word on a branch; `bypass` holds who is let past it. */
export type Protection = Omit<BranchProtection, 'isWhole'> & { bypass: readonly string[] };

/** What GitHub answers of a rule that is in force for a branch, as far as it is looked at. */
export interface BranchRule {
  type: string;
  ruleset_id?: number;
  parameters?: {
    allowed_merge_methods?: readonly string[];
    dismiss_stale_reviews_on_push?: boolean;
    require_last_push_approval?: boolean;
    required_approving_review_count?: number;
    required_status_checks?: readonly { context: string }[];
    strict_required_status_checks_policy?: boolean;
  };
}

/** The rules of all rulesets together: a branch is as protected as the strictest of each kind. */
export function protectionOf(rules: readonly BranchRule[]): Protection {
  const of = (type: string) => rules.filter((rule) => rule.type === type).map(({ parameters = {} }) => parameters);
  const reviews = of('pull_request');
  const checks = of('required_status_checks');
  return {
    forcePushes: of('non_fast_forward').length === 0,
    deletion: of('deletion').length === 0,
    ...(reviews.length > 0 && {
      pullRequest: {
        approvals: Math.max(...reviews.map((one) => one.required_approving_review_count ?? 0)),
        dismissesStale: reviews.some((one) => one.dismiss_stale_reviews_on_push === true),
        lastPushApproval: reviews.some((one) => one.require_last_push_approval === true),
      },
    }),
    requiredChecks: [...checks, ...of('workflows')].flatMap((one) =>
      one.required_status_checks ? one.required_status_checks.map(({ context }) => context) : ['a required workflow'],
    ),
    upToDate: checks.some((one) => one.strict_required_status_checks_policy === true),
    mergeQueue: of('merge_queue').length > 0,
    bypass: [],
  };
}

/** What GitHub answers of branch protection, the older of the two ways, as far as it is looked at. */
interface Classic {
  allow_force_pushes?: { enabled?: boolean };
  allow_deletions?: { enabled?: boolean };
  enforce_admins?: { enabled?: boolean };
  required_pull_request_reviews?: {
    dismiss_stale_reviews?: boolean;
    require_last_push_approval?: boolean;
    required_approving_review_count?: number;
    bypass_pull_request_allowances?: Readonly<Record<string, readonly (object | null)[]>>;
  };
  required_status_checks?: { strict?: boolean; contexts?: readonly string[] } | null;
}

/** Without branch protection everything is allowed, and nobody has to be let past it. */
export function classicProtection(classic: Classic | undefined): Protection {
  const reviews = classic?.required_pull_request_reviews;
  const allowances = Object.values(reviews?.bypass_pull_request_allowances ?? {})
    .filter(Array.isArray)
    .flatMap((accounts: readonly (object | null)[]) => accounts.map(nameOf));
  return {
    forcePushes: classic?.allow_force_pushes?.enabled ?? classic === undefined,
    deletion: classic?.allow_deletions?.enabled ?? classic === undefined,
    ...(reviews && {
      pullRequest: {
        approvals: reviews.required_approving_review_count ?? 0,
        dismissesStale: reviews.dismiss_stale_reviews === true,
        lastPushApproval: reviews.require_last_push_approval === true,
      },
    }),
    requiredChecks: classic?.required_status_checks?.contexts ?? [],
    upToDate: classic?.required_status_checks?.strict === true,
    mergeQueue: false,
    bypass: [
      ...(classic && classic.enforce_admins?.enabled === false ? ['every admin (branch protection)'] : []),
      ...allowances,
    ],
  };
}

const nameOf = (account: object | null): string => {
  const name = Object.entries(account ?? {}).find(([key]) => key === 'login' || key === 'slug')?.[1];
  return `${String(name ?? 'somebody')} (branch protection)`;
};
