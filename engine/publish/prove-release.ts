import type { Head } from '../../runtime/snapshot/head.ts';
import { encodeObject } from '../../runtime/snapshot/object.ts';
import { dayOf } from '../../runtime/terms/days.ts';
import type { Publish } from '../../schemas/policies.ts';
import { checksumOf } from '../diff/checksum-of.ts';
import type { Model } from '../model.ts';
import { list } from '../report/list.ts';
import { plural } from '../report/plural.ts';
import type { ChangeSet } from '../review/change-set.ts';
import { type BlastLimits, BULK, tooMany } from '../verify/blast-radius.ts';
import type { Evidence } from '../verify/evidence.ts';
import { evidenceOfRange } from '../verify/evidence-of-range.ts';
import { isExpected } from '../verify/is-expected.ts';
import { policyLacks } from '../verify/judge-commit.ts';
import { overdueBreakGlass } from '../verify/overdue-break-glass.ts';
import { notExpected, type UnapprovedRange } from '../verify/unapproved.ts';
import { type VerifiedCommit, type VerifyTools, verifyRange } from '../verify/verify-range.ts';
import { type Refused, refuse } from './outcome.ts';
import type { Proof } from './publish.ts';

export type EnvironmentPolicy = Publish['environments'][string];

export interface ProveTools {
  /** What a commit says about where releases go. */
  policy(commit: string): Promise<Publish | undefined>;
  /** A commit as a repository; read only where something is verified. */
  model(commit: string): Promise<Model>;
  change(from: string, to: string, day: string): Promise<ChangeSet>;
  /** What verification needs; called only where there is something to verify. `since`: when the last release was made. */
  verifyTools(policy: EnvironmentPolicy, since: number): Promise<VerifyTools>;
  /** When the release in force was made, whatever has refreshed it since; milliseconds since 1970. */
  madeAt(current: Head): Promise<number>;
  /** Customers whom releases of the last 24 hours have changed without an approval by number. */
  recent(): Promise<ReadonlySet<string>>;
  now(): Date;
}

export interface ProveRequest {
  repo: string;
  env: string;
  channel: string;
  commit: string;
  /** The checksum, or its first digits, of what a person has read and will have published. */
  expect?: string;
  /** Also says what the release comes to where nothing else asks for it. */
  isRehearsal?: boolean;
}

/** A proof with what is told of it. */
export interface Proven extends Proof {
  /** The checksum of what changes since the release in force, where that was found out. */
  checksum?: string;
  /** Where approvals were verified. */
  verified?: { evidence: Evidence; commits: readonly VerifiedCommit[] };
}

/**
 * Proves that a commit may follow the release in force. Whether approvals are verified, and how many customers may change
 * at once, is what the published commit says of the environment: a commit cannot let itself through. The first release
 * has nothing to be held against; where approvals are verified from then on, it must at least say who gives them.
 * Where a person names what would change, nothing else is published, whatever the environment verifies.
 */
export async function proveRelease(
  tools: ProveTools,
  { commit, expect, isRehearsal = false, ...place }: ProveRequest,
  current: Head | undefined,
): Promise<Proven | Refused> {
  const today = dayOf(tools.now().getTime());
  const policyOf = async (of: string) => environmentOf(await tools.policy(of), place.env);
  if (!current && expect !== undefined) return nothingToExpect;
  if (!current) return proveFirst(tools, commit, await policyOf(commit), today);

  const from = current.payload.commit;
  const policy = (await policyOf(from)) ?? (await policyOf(commit));
  const verify = policy?.verify ?? 'none';
  if (verify === 'none') {
    if (!policy?.blast && expect === undefined && !isRehearsal) return { outcome: 'proven', evidence: 'none' };
    const whole = await tools.change(from, commit, today);
    if (expect !== undefined && !isExpected(whole, expect))
      return refusedRange(notExpected(whole, expect, { from, to: commit }));
    const over = policy?.blast && blast(whole, policy.blast, await tools.recent());
    return over ?? { outcome: 'proven', evidence: 'none', checksum: checksumOf(whole.diff) };
  }
  const [published, next] = [await tools.model(from), await tools.model(commit)];
  const lacks = policyLacks(published.world);
  if (lacks) return noPolicy(`in the published commit ${from.slice(0, 12)} ${lacks}`, verify);

  const verifyTools = await tools.verifyTools(policy as EnvironmentPolicy, await tools.madeAt(current));
  const range = await verifyRange(verifyTools, { from, to: commit, today, expect });
  if (range.outcome === 'unapproved') return refusedRange(range);
  const overdue = overdueBreakGlass(published, next, today);
  if (overdue.length > 0) return refuseOverdue(overdue);
  const over = policy?.blast && blast(range.whole, policy.blast, await tools.recent(), range.commits);
  if (over) return over;
  const evidence = evidenceOfRange({ ...place, verify, from, to: commit }, range);
  try {
    const { ref, bytes } = encodeObject(evidence);
    const verified = { evidence, commits: range.commits };
    return { outcome: 'proven', evidence: ref.hash, object: bytes, checksum: checksumOf(range.whole.diff), verified };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = `the evidence of ${plural(range.evidence.length, 'commit')} is more than one release may hold`;
    return refuse('blast', message, 'publish in parts with --commit');
  }
}

const refusedRange = ({ reason, message, help, commits }: UnapprovedRange): Refused => ({
  ...refuse(reason, message, help),
  ...(reason !== 'notExpected' && { commits }),
});

const nothingToExpect: Refused = refuse(
  'notExpected',
  'nothing is published here yet, so that there is nothing the first release changes',
  'publish it without --expect',
);

/** What a commit says of one environment. */
export function environmentOf(policy: Publish | undefined, env: string): EnvironmentPolicy | undefined {
  const environments = policy?.environments ?? {};
  return Object.hasOwn(environments, env) ? environments[env] : undefined;
}

async function proveFirst(
  { model }: ProveTools,
  commit: string,
  policy: EnvironmentPolicy | undefined,
  today: string,
): Promise<Proven | Refused> {
  const verify = policy?.verify ?? 'none';
  if (verify === 'none') return { outcome: 'proven', evidence: 'none' };
  const next = await model(commit);
  const lacks = policyLacks(next.world);
  if (lacks) return noPolicy(lacks, verify);
  const overdue = overdueBreakGlass(undefined, next, today);
  return overdue.length > 0 ? refuseOverdue(overdue) : { outcome: 'proven', evidence: 'bootstrap' };
}

const noPolicy = (message: string, verify: string): Refused =>
  refuse(
    'noPolicy',
    `${message}, and this environment verifies approvals (verify: ${verify})`,
    'say in policies/approvals.yaml what needs whose approval, machinery included, and in policies/approvers.yaml who gives it; then publish',
  );

const refuseOverdue = (overdue: ReturnType<typeof overdueBreakGlass>): Refused =>
  refuse(
    'overdue',
    `what was made in an emergency is over and was never closed: ${list(overdue.map(({ customer, exception, last }) => `${exception} of ${customer} (until ${last})`))}`,
    'merge a pull request that gives its record `breakGlass.closed`, under the usual approvals; until then nothing else is published',
  );

function blast(
  whole: ChangeSet,
  limits: BlastLimits,
  recent: ReadonlySet<string>,
  verified?: readonly VerifiedCommit[],
): Refused | undefined {
  const over = tooMany(whole, limits, recent, verified);
  if (!over) return undefined;
  return refuse(
    'blast',
    `${over.isTogether ? 'with those of the last 24 hours this release' : 'this release'} changes ${plural(over.touched, 'customer')} at once; this environment takes ${over.most}`,
    verified
      ? `have the change approved as ${BULK} (a line of policies/approvals.yaml asks for it: customers above …), or publish it in parts with --commit`
      : 'publish it in parts with --commit, or raise `blast` in policies/publish.yaml in a release of its own',
  );
}
