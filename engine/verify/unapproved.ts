import { checksumOf, shownChecksum } from '../diff/checksum-of.ts';
import { list } from '../report/list.ts';
import type { ChangeSet } from '../review/change-set.ts';
import type { JudgedCommit } from './judge-commit.ts';
import { shortId, subjectLine } from './main-commit.ts';
import { allowable } from './ratified.ts';
import { isCompared } from './uncompared.ts';
import type { VerifyRequest } from './verify-range.ts';

/** Why nothing may be published, in words for whoever ran it. */
export interface UnapprovedRange {
  outcome: 'unapproved';
  /** `notAsReviewed`: nothing else is wrong with any of them; `notExpected`: all of it is not what somebody named. */
  reason: 'unapproved' | 'notAsReviewed' | 'notExpected';
  /** The commits that stand in the way, oldest first. */
  commits: readonly UnapprovedCommit[];
  message: string;
  help: string;
}

type Range = Pick<VerifyRequest, 'from' | 'to'>;

export interface UnapprovedCommit {
  commit: string;
  /** As the commit gives it: `Kim <kim@product.example>`. */
  author: string;
  /** The first line of its message. */
  title: string;
  pull?: number;
  because: readonly string[];
  /** What an approval of it would be given to, by class. */
  subjects: Readonly<Record<string, string>>;
}

export function unapproved(open: readonly JudgedCommit[], range: Range): UnapprovedRange {
  const commits = open.map(
    ({ commit, provenance, faults, needs }): UnapprovedCommit => ({
      commit: commit.id,
      author: `${commit.author.name} <${commit.author.email}>`,
      title: subjectLine(commit),
      ...(provenance?.pull && { pull: provenance.pull.number }),
      because: faults.map(({ because }) => because),
      subjects: Object.fromEntries(needs.map(({ class: name, subject }) => [name, subject])),
    }),
  );
  const sentences = commits.map(
    ({ commit, author, title, because }) =>
      `commit ${shortId(commit)} of ${author}, "${title}", ${because.join(', and ')}`,
  );
  const isReview = open.every(isOnlyReview);
  const reason = isReview ? 'notAsReviewed' : 'unapproved';
  const help = waysOut(open[0] as JudgedCommit);
  const expect = `; or read all that would be published (${readIt(range)}), and publish it with --expect and its checksum`;
  return { outcome: 'unapproved', reason, commits, message: list(sentences, 5), help: isReview ? help + expect : help };
}

/** Everything was approved, and not all of it is what was reviewed. */
const isOnlyReview = ({ faults }: JudgedCommit): boolean => faults.every(({ kind }) => kind === 'notAsReviewed');

function waysOut({ commit, faults, needs, provenance }: JudgedCommit): string {
  if (faults.some(({ kind }) => kind === 'noPolicy'))
    return 'bring policies/approvals.yaml and policies/approvers.yaml back with a pull request: nothing can be judged without them';
  if (provenance && !provenance.pull) return waysOutWithoutPulls({ commit, faults, needs });
  const revert = `revert it with a pull request (git revert ${shortId(commit.id)})`;
  if (!faults.every(({ kind }) => allowable.has(kind)))
    return `${revert}, or bring back what it changed as it was published`;
  const lines = needs.map(({ class: name, subject }) => `\`approve ${subject}\` for ${name}`);
  const approvals = lines.length > 0 ? `, and whose approvals say ${list(lines)}` : '';
  return `${revert}; or merge a pull request whose description says \`ratify ${commit.id}\`${approvals}; a root key cannot override this before there are keys`;
}

/** Where approvals are written down, a late one counts, and there is no pull request that could ratify anything. */
function waysOutWithoutPulls({ commit, faults, needs }: Pick<JudgedCommit, 'commit' | 'faults' | 'needs'>): string {
  const revert = `revert it (git revert ${shortId(commit.id)})`;
  if (!faults.every(({ kind }) => kind === 'notApproved'))
    return `${revert}, or bring back what it changed as it was published`;
  const missing = needs
    .filter(({ satisfied }) => !satisfied)
    .map(({ class: name, subject }) => `class ${name} for subject ${subject}`);
  return `write down the approval of somebody who may give it and did not write the change, of ${list(missing)}; or ${revert}`;
}

export const notOneLine = (from: string, to: string): UnapprovedRange => ({
  outcome: 'unapproved',
  reason: 'unapproved',
  commits: [],
  message: `the commits from ${shortId(from)}, which is published, to ${shortId(to)} are not all there`,
  help: 'fetch the whole history of the published branch, and publish its newest commit',
});

export const notExpected = (whole: ChangeSet, expect: string, { from, to }: Range): UnapprovedRange => {
  const range = `from ${shortId(from)}, which is published, to ${shortId(to)}`;
  return {
    outcome: 'unapproved',
    reason: 'notExpected',
    commits: [],
    message: isCompared(whole)
      ? `what changes ${range} has the checksum ${shownChecksum(checksumOf(whole.diff))}, not ${shownChecksum(expect)}`
      : `what changes ${range} cannot be told in full, so that no checksum stands for it: a side of it cannot be read`,
    help: `read what would be published (${readIt({ from, to })}), and name the checksum of that`,
  };
};

/** The command that shows what would be published, with its checksum. */
const readIt = ({ from, to }: Range): string => `proviso diff --base ${shortId(from)} --head ${shortId(to)}`;

export const neverShown = (effects: readonly string[], from: string, to: string): UnapprovedRange => ({
  outcome: 'unapproved',
  reason: 'unapproved',
  commits: [],
  message: `from ${shortId(from)} to ${shortId(to)} something changes that no commit between them shows: ${list(effects)}`,
  help: 'this should not happen; compare both with `proviso diff`, and bring back what nobody approved',
});
