import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { GivenReview } from '../engine/approve/approval.ts';
import { readApprovalsFile } from '../engine/approve/read-approvals-file.ts';
import type { Diagnostic } from '../engine/diagnostic.ts';
import { authorshipInGit } from '../engine/io/authorship.ts';
import { changedFiles } from '../engine/io/changed-files.ts';
import { EMPTY_TREE } from '../engine/io/git.ts';
import { reviewJson } from '../engine/report/review-json.ts';
import { reviewMarkdown } from '../engine/report/review-markdown.ts';
import { reviewText } from '../engine/report/review-text.ts';
import { UsageError } from '../engine/usage-error.ts';
import type { Context, ExitCode } from './command.ts';
import { isWorldBroken } from './compare-repositories.ts';
import { openBase } from './open-base.ts';
import { openRepository } from './open-repository.ts';
import { paintFor } from './paint.ts';
import { recentlyPublished } from './recently-published.ts';
import { report } from './report.ts';
import { reviewRepositories } from './review-repositories.ts';

interface Asked {
  base?: string;
  head?: string;
  approvals?: string;
}

/** Reviews the folder or a commit against what it is merged into. Exit code 0 only when it may be merged. */
export async function checkChange(context: Context, asked: Asked): Promise<ExitCode> {
  context.progress('reading both sides …');
  const head = { ...(await openRepository(context, { ref: asked.head })), name: asked.head ?? 'working tree' };
  const base = await openBase(context, asked, head);
  if (isWorldBroken(head)) {
    const nothing = { approvals: [], exceptions: [], diff: null };
    const json = () => ({ base: base.name, head: head.name, verdict: 'blocked', ...nothing });
    return report(context, { diagnostics: head.diagnostics, sources: head.files, json });
  }
  const given = readApprovals(context, asked.approvals);
  context.progress('comparing …');
  const review = await reviewRepositories(context, base, head, {
    files: await changedFiles(context.root, base.commit ?? EMPTY_TREE, head.commit),
    reviews: given.reviews,
    authorship: await authorshipInGit(context.root, base.commit, head.commit),
    recent: await recentlyPublished(context),
  });
  const diagnostics = [...given.diagnostics, ...review.diagnostics];
  const exitCode = report(context, {
    diagnostics,
    sources: head.files,
    json: () => reviewJson(review),
    text: () => reviewText(review, { paint: paintFor(context) }),
    markdown: () => reviewMarkdown({ ...review, diagnostics }),
  });
  return review.verdict === 'approved' ? exitCode : 1;
}

function readApprovals(
  context: Context,
  path: string | undefined,
): { reviews: readonly GivenReview[]; diagnostics: readonly Diagnostic[] } {
  if (path === undefined) return { reviews: [], diagnostics: [] };
  let text: string;
  try {
    text = readFileSync(resolve(context.root, path), 'utf8');
  } catch (error) {
    throw new UsageError(
      `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      '--approvals names a JSON file; a relative path starts at the root',
    );
  }
  return readApprovalsFile(text, path);
}
