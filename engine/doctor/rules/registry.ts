/** Everything the doctor looks for. */
import type { DoctorRule } from '../rule.ts';
import { actionsSettings } from './actions-settings.ts';
import { approvalPolicy } from './approval-policy.ts';
import { branchProtection } from './branch-protection.ts';
import { bypassActors } from './bypass-actors.ts';
import { cacheInPrivilegedJob } from './cache-in-privileged-job.ts';
import { classStaffing } from './class-staffing.ts';
import { codeOwnersFile } from './code-owners-file.ts';
import { committedSecret } from './committed-secret.ts';
import { contributionForms } from './contribution-forms.ts';
import { deployBranch } from './deploy-branch.ts';
import { deployConcurrency } from './deploy-concurrency.ts';
import { environmentProtection } from './environment-protection.ts';
import { generatedSchemas } from './generated-schemas.ts';
import { headCheckout } from './head-checkout.ts';
import { headKeyReach } from './head-key-reach.ts';
import { hiddenDiff } from './hidden-diff.ts';
import { idTokenOutsideEnvironment } from './id-token-outside-environment.ts';
import { identityClaims } from './identity-claims.ts';
import { ignoredFolders } from './ignored-folders.ts';
import { inheritedSecrets } from './inherited-secrets.ts';
import { installScripts } from './install-scripts.ts';
import { jobPermissions } from './job-permissions.ts';
import { jobTimeout } from './job-timeout.ts';
import { lockFile } from './lock-file.ts';
import { machineryLine } from './machinery-line.ts';
import { mergeMethods } from './merge-methods.ts';
import { nodeVersion } from './node-version.ts';
import { oneApprover } from './one-approver.ts';
import { ownedFolders } from './owned-folders.ts';
import { ownersErrors } from './owners-errors.ts';
import { persistedCredentials } from './persisted-credentials.ts';
import { pinnedActions } from './pinned-actions.ts';
import { productionVerified } from './production-verified.ts';
import { publishHistory } from './publish-history.ts';
import { pullRequestArtifact } from './pull-request-artifact.ts';
import { pullRequestAuthority } from './pull-request-authority.ts';
import { refreshSchedule } from './refresh-schedule.ts';
import { scriptInjection } from './script-injection.ts';
import { secretOutsideEnvironment } from './secret-outside-environment.ts';
import { selfHostedRunner } from './self-hosted-runner.ts';
import { signingKeys } from './signing-keys.ts';
import { unaskedSettings } from './unasked-settings.ts';
import { wholeClone } from './whole-clone.ts';
import { workflowPermissions } from './workflow-permissions.ts';

export const doctorRules: readonly DoctorRule[] = [
  workflowPermissions,
  jobPermissions,
  pullRequestAuthority,
  headCheckout,
  scriptInjection,
  pinnedActions,
  persistedCredentials,
  cacheInPrivilegedJob,
  pullRequestArtifact,
  secretOutsideEnvironment,
  inheritedSecrets,
  idTokenOutsideEnvironment,
  selfHostedRunner,
  installScripts,
  deployConcurrency,
  deployBranch,
  publishHistory,
  jobTimeout,
  nodeVersion,
  approvalPolicy,
  machineryLine,
  classStaffing,
  oneApprover,
  productionVerified,
  signingKeys,
  headKeyReach,
  refreshSchedule,
  codeOwnersFile,
  ownedFolders,
  ownersErrors,
  contributionForms,
  hiddenDiff,
  ignoredFolders,
  lockFile,
  committedSecret,
  generatedSchemas,
  wholeClone,
  unaskedSettings,
  branchProtection,
  bypassActors,
  mergeMethods,
  environmentProtection,
  identityClaims,
  actionsSettings,
];
