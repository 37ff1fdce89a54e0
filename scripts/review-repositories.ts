import type { Authorship, GivenReview } from '../engine/approve/approval.ts';
import { type ChangedFile, changeSetOf } from '../engine/review/change-set.ts';
import type { Review } from '../engine/review/review.ts';
import { reviewChange } from '../engine/review/review-change.ts';
import type { Context } from './command.ts';
import { type Named, sideOf } from './compare-repositories.ts';
import { repositoryNameOf } from './repository-name-of.ts';

export interface Given {
  files: readonly ChangedFile[];
  reviews: readonly GivenReview[];
  authorship: Authorship;
  recent?: ReadonlySet<string>;
}

/** Reviews what leads from one repository to another. The head's plans and policies are sound. */
export async function reviewRepositories(
  context: Pick<Context, 'root' | 'at'>,
  base: Named,
  head: Named,
  { files, ...given }: Given,
): Promise<Review> {
  const repo = await repositoryNameOf(context);
  const change = changeSetOf(sideOf(base), sideOf(head), { repo, at: context.at.day, files });
  const faults = [...head.diagnostics, ...change.head.compiled.diagnostics];
  return reviewChange(change, { faults, ...given });
}
