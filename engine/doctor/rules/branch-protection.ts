import type { BranchProtection } from '../repository-settings.ts';
import type { DoctorRule, Finding } from '../rule.ts';
import { judgeSettings } from '../settings-page.ts';

type Fault = Pick<Finding, 'message' | 'severity' | 'fix'>;

function* faultsOf(branch: BranchProtection): Generator<Fault> {
  if (branch.forcePushes) yield { message: 'it may be pushed over with force', fix: 'turn on “Block force pushes”' };
  if (branch.deletion) yield { message: 'it may be deleted', fix: 'turn on “Restrict deletions”' };
  if (!branch.pullRequest)
    yield { message: 'it takes pushes without a pull request', fix: 'turn on “Require a pull request before merging”' };
  else {
    const { approvals, dismissesStale, lastPushApproval } = branch.pullRequest;
    if (approvals === 0)
      yield { message: 'a pull request needs no review', severity: 'warning', fix: 'require one approval' };
    if (!dismissesStale)
      yield {
        message: 'reviews stay after a push',
        severity: 'warning',
        fix: 'turn on “Dismiss stale pull request approvals when new commits are pushed”',
      };
    if (!lastPushApproval)
      yield {
        message: 'who pushed last may be the one who approves',
        severity: 'warning',
        fix: 'turn on “Require approval of the most recent reviewable push”',
      };
  }
  if (branch.requiredChecks.length === 0)
    yield { message: 'no check must have passed', fix: 'require the check of the review workflow' };
  else if (!branch.upToDate && !branch.mergeQueue)
    yield {
      message: 'a branch may be merged that was checked against an older base',
      severity: 'warning',
      fix: 'require branches to be up to date, or use a merge queue',
    };
}

export const branchProtection: DoctorRule = {
  name: 'branch-protection',
  severity: 'error',
  fix: 'add a ruleset for the default branch',
  why: 'what lies there is published',
  *find(setup) {
    yield* judgeSettings(
      setup,
      { of: ({ branch }) => branch, page: 'rules', what: 'how the default branch is protected' },
      function* (branch, at, { defaultBranch = 'the default branch' }) {
        for (const { message, severity, fix } of faultsOf(branch))
          yield branch.isWhole
            ? { message: `${defaultBranch}: ${message}`, severity, fix, at }
            : {
                message: `${defaultBranch}: by its rulesets alone ${message}, and branch protection could not be read`,
                severity: 'note',
                fix,
                at,
              };
      },
    );
  },
};
