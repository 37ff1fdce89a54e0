import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { GivenReview } from '../engine/approve/approval.ts';
import { readApprovalsFile } from '../engine/approve/read-approvals-file.ts';
import { type Diagnostic, isError } from '../engine/diagnostic.ts';
import { writtenSince } from '../engine/io/authorship.ts';
import { changedFiles } from '../engine/io/changed-files.ts';
import { EMPTY_TREE, mergeBase } from '../engine/io/git.ts';
import { mergeCommits } from '../engine/io/merge-commits.ts';
import { reviewJson } from '../engine/report/review-json.ts';
import { reviewMarkdown } from '../engine/report/review-markdown.ts';
import { reviewText } from '../engine/report/review-text.ts';
import type { Review } from '../engine/review/review.ts';
import { reviewChange } from '../engine/review/review-change.ts';
import { UsageError } from '../engine/usage-error.ts';
import type { Context, ExitCode } from './command.ts';
import { compareMerged } from './compare-merged.ts';
import { isWorldBroken, type Named } from './compare-repositories.ts';
import type { Base } from './open-base.ts';
import { openSides } from './open-sides.ts';
import { openCommit } from './open-tree.ts';
import { paintFor } from './paint.ts';
import { recentlyPublished } from './recently-published.ts';
import { report } from './report.ts';
import { repositoryNameOf } from './repository-name-of.ts';
import { reviewRepositories } from './review-repositories.ts';

interface Asked {
  base?: string;
  head?: string;
  approvals?: string;
}

/** Reviews the folder or a commit against what it is merged into. Exit code 0 only when it may be merged. */
export async function checkChange(context: Context, asked: Asked): Promise<ExitCode> {
  context.progress('reading both sides …');
  // Needed at the end, and git can say it meanwhile; where it cannot, the end says so.
  repositoryNameOf(context).catch(() => undefined);
  const { head, base } = await openSides(context, asked);
  if (isWorldBroken(head)) {
    const nothing = { approvals: [], exceptions: [], checksum: null, diff: null };
    const json = () => ({ base: base.name, head: head.name, verdict: 'blocked', ...nothing });
    return report(context, { diagnostics: head.diagnostics, sources: head, json });
  }
  const given = readApprovals(context, asked.approvals);
  context.progress('comparing …');
  const found = await reviewAgainst(context, base, head, given.reviews);
  const diagnostics = [...given.diagnostics, ...found.diagnostics];
  const review: Review = {
    ...found,
    diagnostics,
    verdict: given.diagnostics.some(isError) ? 'blocked' : found.verdict,
  };
  const exitCode = report(context, {
    diagnostics,
    sources: head,
    json: () => reviewJson(review),
    text: () =>
      reviewText(review, { paint: paintFor(context), inFile: asked.approvals !== undefined || approvesInFile(base) }),
    markdown: () => reviewMarkdown(review),
  });
  return review.verdict === 'approved' ? exitCode : 1;
}

/** Whether releases of some environment are held against approvals that were written down. */
const approvesInFile = ({ model }: Base): boolean =>
  Object.values(model.world.publish?.data.environments ?? {}).some(({ verify }) => verify === 'file');

/** As if it were merged now: where the base has gone on meanwhile, what it got there is no part of the change. */
async function reviewAgainst(
  context: Context,
  base: Base,
  head: Named,
  reviews: readonly GivenReview[],
): Promise<Review> {
  const { root } = context;
  const [{ authorship, isBuiltOn }, recent, files] = await Promise.all([
    writtenSince(root, base.commit, head.commit),
    recentlyPublished(context),
    changedFiles(root, base.commit ?? EMPTY_TREE, head.commit),
  ]);
  const given = { reviews, authorship, recent };
  if (base.commit === undefined || isBuiltOn) return reviewRepositories(context, base, head, { ...given, files });
  if (head.commit !== undefined) {
    const merge = await mergeCommits(root, base.commit, head.commit);
    const { change, faults } = await compareMerged(context, base, head.name, merge);
    return reviewChange(change, { ...given, faults });
  }
  // A folder cannot be merged before it is committed, but what it adds to where it began can be told.
  const since = await mergeBase(root, base.commit, 'HEAD');
  const began: Named = {
    ...(await openCommit(context, since)),
    name: `${base.name} as of ${since.slice(0, 12)}`,
  };
  return reviewRepositories(context, began, head, { ...given, files: await changedFiles(root, since) });
}

function readApprovals(
  context: Context,
  path: string | undefined,
): { reviews: readonly GivenReview[]; diagnostics: readonly Diagnostic[] } {
  if (path === undefined) return { reviews: [], diagnostics: [] };
  let text: string;
  try {
    text = readFileSync(resolve(context.root, path), 'utf8');
  } catch {
    throw new UsageError(
      `the file of approvals ${path} cannot be read`,
      '--approvals names a JSON file; a relative path starts at the root',
    );
  }
  return readApprovalsFile(text, path, context.now());
}
