/** What GitHub says of a repository's settings. Every part may be unreadable with the token that was given. */

/** What could be read, or why not. */
export type Answer<T> = { value: T } | { unread: string };

export interface BranchProtection {
  /** Rulesets and branch protection were both read; otherwise one that was not may protect more. */
  isWhole: boolean;
  forcePushes: boolean;
  deletion: boolean;
  pullRequest?: { approvals: number; dismissesStale: boolean; lastPushApproval: boolean };
  /** Names of the checks that must have passed. */
  requiredChecks: readonly string[];
  /** A branch must be up to date with its base before it is merged. */
  upToDate: boolean;
  mergeQueue: boolean;
}

export interface MergeMethods {
  merge: boolean;
  squash: boolean;
  rebase: boolean;
}

export interface DeploymentEnvironment {
  name: string;
  /** Which branches may deploy to it: only protected or named ones, or any. */
  limitsBranches: boolean;
  /** Somebody must approve each deployment. */
  hasReviewers: boolean;
  adminsMayBypass: boolean;
}

export interface ActionsPolicy {
  /** What a workflow's token may do that says nothing itself. */
  defaultToken: 'read' | 'write';
  mayApprovePullRequests: boolean;
}

export interface RepositorySettings {
  /** `owner/name`. */
  repository: string;
  /** Absent where it could not be read. */
  defaultBranch?: string;
  branch: Answer<BranchProtection>;
  /** Who is let past the rules, in words. */
  bypass: Answer<readonly string[]>;
  mergeMethods: Answer<MergeMethods>;
  environments: Answer<readonly DeploymentEnvironment[]>;
  actions: Answer<ActionsPolicy>;
}
