import { runChecks } from '../engine/checks/run-checks.ts';
import { writtenSince } from '../engine/io/authorship.ts';
import { firstParents, isShallow } from '../engine/io/first-parents.ts';
import type { EnvironmentPolicy, ProveTools } from '../engine/publish/prove-release.ts';
import { UsageError } from '../engine/usage-error.ts';
import { provenanceFromFile } from '../engine/verify/provenance-from-file.ts';
import { provenanceFromPulls } from '../engine/verify/provenance-from-pulls.ts';
import type { PullRequestSource } from '../engine/verify/pull-request-source.ts';
import type { VerifyTools } from '../engine/verify/verify-range.ts';
import type { Context } from './command.ts';
import { openTrees } from './open-trees.ts';
import { readApprovals } from './read-approvals.ts';
import { readPolicy } from './read-policy.ts';

/** Where approvals are looked up, when they are. */
export interface ApprovalPlaces {
  /** Approvals that were written down, instead of the file the environment names. */
  approvals?: string;
  /** What was written down later, yes or no, is not looked at; in milliseconds since 1970. */
  until?: number;
  /** Pull requests of the repository, and the branch on which they count. */
  pulls(): Promise<{ source: PullRequestSource; branch: string }>;
}

/** What proving a release needs of this clone and of the place where approvals are given. */
export function proveTools(
  context: Pick<Context, 'root' | 'now' | 'progress'>,
  repo: string,
  places: ApprovalPlaces,
): Omit<ProveTools, 'recent' | 'madeAt'> {
  const { root } = context;
  const trees = openTrees({ root, repo });

  const provenanceOf = async (policy: EnvironmentPolicy, since: number) => {
    const between = { since, now: context.now() };
    if (policy.verify === 'github') {
      const { source, branch } = await places.pulls();
      return provenanceFromPulls(source, trees, branch, between);
    }
    const { approvals = policy.approvals, until = Number.POSITIVE_INFINITY } = places;
    const given = await readApprovals(root, approvals, between.now);
    return provenanceFromFile({
      approvals: given.filter(({ submittedAt }) => Date.parse(submittedAt) <= until),
      authorship: async (base, head) => (await writtenSince(root, base, head)).authorship,
      ...between,
    });
  };

  return {
    now: () => new Date(context.now()),
    policy: (commit) => readPolicy(root, commit, 'publish'),
    model: async (commit) => (await trees.read(commit)).model,
    change: trees.change,
    async verifyTools(policy, since): Promise<VerifyTools> {
      if (await isShallow(root))
        throw new UsageError(
          'this clone is shallow, and approvals are verified over the whole history',
          'fetch all of it: git fetch --unshallow (in a workflow: actions/checkout with fetch-depth: 0)',
        );
      return {
        trees,
        provenanceOf: await provenanceOf(policy, since),
        check: (change) => runChecks(change),
        commits: (from, to) => firstParents(root, from, to),
        progress: context.progress,
      };
    },
  };
}
