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
  /** Which branches and tags may deploy to it: any, the protected ones, or those of these names and patterns. */
  branches: 'any' | 'protected' | readonly string[];
  /** Somebody must approve each deployment. */
  hasReviewers: boolean;
  adminsMayBypass: boolean;
}

export interface ActionsPolicy {
  /** What a workflow's token may do that says nothing itself. */
  defaultToken: 'read' | 'write';
  mayApprovePullRequests: boolean;
}

/** A line of CODEOWNERS that GitHub does not take, such as one with an owner who may not write. */
export interface OwnersError {
  path: string;
  line: number;
  column: number;
  message: string;
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
  /** What the subject of a job’s identity is made of, such as `repo`, `context` and `job_workflow_ref`. */
  identityClaims: Answer<readonly string[]>;
  codeOwnersErrors: Answer<readonly OwnersError[]>;
}
