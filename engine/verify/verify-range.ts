import type { Day } from '../../runtime/terms/timeline.ts';
import { checksumOf } from '../diff/checksum-of.ts';
import type { ChangeSet } from '../review/change-set.ts';
import { type CommitEvidence, classesOf } from './evidence.ts';
import { isExpected } from './is-expected.ts';
import { type JudgedCommit, type JudgeTools, judgeCommit } from './judge-commit.ts';
import { type MainCommit, shortId, subjectLine } from './main-commit.ts';
import { type Ratification, ratified } from './ratified.ts';
import { neverShown, notExpected, notOneLine, type UnapprovedRange, unapproved } from './unapproved.ts';
import { unaccounted } from './undone.ts';

export interface VerifyTools extends JudgeTools {
  /** What the published branch has become, oldest first, each on top of the one before. */
  commits(from: string, to: string): Promise<readonly MainCommit[]>;
  progress?(line: string): void;
}

export interface VerifyRequest {
  /** The commit that is published, and a later one that shall be. */
  from: string;
  to: string;
  /** The day on which it is published. */
  today: Day;
  /** The checksum of all of it, or its first digits, as a person names it who has read what it does. */
  expect?: string;
}

/** A commit with the way in which it may be published. */
export interface VerifiedCommit {
  judged: JudgedCommit;
  ratification?: Ratification;
  undoneBy?: string;
}

export interface VerifiedRange {
  outcome: 'verified';
  commits: readonly VerifiedCommit[];
  evidence: readonly CommitEvidence[];
  /** All of it as one change. */
  whole: ChangeSet;
  /** Its checksum, where somebody had named that. */
  expected?: string;
}

/**
 * Whether everything that the published branch has become since the last release was approved: each commit on its own,
 * by the policy of what was there before it and with what was said before it was merged. A commit that was not may have
 * been ratified since, or may have been undone. Anything else, anywhere, and nothing may be published. Who names what all
 * of it does has reviewed that: then commits need not do what was reviewed of each, but lack no approval because of it.
 */
export async function verifyRange(
  tools: VerifyTools,
  { from, to, today, expect }: VerifyRequest,
): Promise<VerifiedRange | UnapprovedRange> {
  const commits = await tools.commits(from, to);
  if (!isUnbroken(commits, from, to)) return notOneLine(from, to);
  const judged: JudgedCommit[] = [];
  for (const [index, commit] of commits.entries()) {
    tools.progress?.(`verifying ${index + 1} of ${commits.length}: ${shortId(commit.id)} ${subjectLine(commit)}`);
    judged.push(await judgeCommit(commit, commits[index - 1]?.id ?? from, tools));
  }
  const whole = await tools.trees.change(from, to, today);
  if (expect !== undefined && !isExpected(whole, expect)) return notExpected(whole, expect, { from, to });
  const { verified, open } = await settle(expect === undefined ? judged : judged.map(withoutReview), tools);
  if (open.length > 0) return unapproved(open, { from, to });

  const unseen = unseenEffects(whole, judged);
  if (unseen.length > 0) return neverShown(unseen, from, to);
  const expected = expect !== undefined && { expected: checksumOf(whole.diff) };
  return { outcome: 'verified', commits: verified, evidence: verified.map(evidenceOf), whole, ...expected };
}

const withoutReview = ({ faults, ...judged }: JudgedCommit): JudgedCommit => ({
  ...judged,
  faults: faults.filter(({ kind }) => kind !== 'notAsReviewed'),
});

/** Each commit follows the one before; only the first may have come by a jump, and then it is held against all of it. */
const isUnbroken = (commits: readonly MainCommit[], from: string, to: string): boolean =>
  (commits.at(-1)?.id ?? from) === to &&
  commits.every(({ parents }, index) => index === 0 || parents[0] === commits[index - 1]?.id);

/** Finds for each commit the way in which it may be published; `open` are those for which there is none. */
async function settle(
  judged: readonly JudgedCommit[],
  tools: VerifyTools,
): Promise<{ verified: VerifiedCommit[]; open: JudgedCommit[] }> {
  const verified: VerifiedCommit[] = [];
  const open: JudgedCommit[] = [];
  for (let index = 0; index < judged.length; index += 1) {
    const each = judged[index] as JudgedCommit;
    const ratification = each.faults.length > 0 ? await ratified(each, judged.slice(index + 1)) : undefined;
    if (each.faults.length === 0 || ratification) {
      verified.push({ judged: each, ...(ratification && { ratification }) });
      continue;
    }
    // Where the policy itself is gone, it is the commit that took it away which has to be undone.
    const lacksPolicy = each.faults.some(({ kind }) => kind === 'noPolicy');
    const start = lacksPolicy && index > 0 ? index - 1 : index;
    const end = await findEnd(judged, start, index, tools);
    if (end === undefined) {
      open.push(each);
      continue;
    }
    verified.length -= index - start;
    for (const one of judged.slice(start, end + 1))
      verified.push({ judged: one, ...(one.faults.length > 0 && { undoneBy: judged[end]?.commit.id }) });
    index = end;
  }
  return { verified, open };
}

/** The approved commit with which nothing is left of a stretch but what others had approved. */
async function findEnd(
  judged: readonly JudgedCommit[],
  start: number,
  faulty: number,
  tools: VerifyTools,
): Promise<number | undefined> {
  for (let end = faulty; end < judged.length; end += 1) {
    const closes = judged[end]?.faults.every(({ kind }) => kind === 'notCompared');
    if (closes && (await unaccounted(judged.slice(start, end + 1), tools)).length === 0) return end;
  }
  return undefined;
}

function evidenceOf({ judged, ratification, undoneBy }: VerifiedCommit): CommitEvidence {
  const { commit, provenance, needs, binding } = judged;
  return {
    commit: commit.id,
    ...(provenance?.pull && { pull: provenance.pull.number }),
    ...binding,
    ...(ratification && { ratifiedBy: ratification.pull }),
    ...(undoneBy !== undefined && { undoneBy }),
    classes: classesOf((ratification?.needs ?? needs).filter(({ satisfied }) => satisfied)),
  };
}

/** What differs in the end and in no step: the steps were not all there is. */
function unseenEffects({ diff }: ChangeSet, judged: readonly JudgedCommit[]): string[] {
  const steps = judged.flatMap(({ change }) => change.diff.customers);
  const placesOf = (customers: ChangeSet['diff']['customers']) =>
    customers.flatMap(({ customer, changes }) => changes.map(({ path }) => `${customer} ${path}`));
  const seen = new Set(placesOf(steps));
  return [...new Set(placesOf(diff.customers))].filter((place) => !seen.has(place));
}
