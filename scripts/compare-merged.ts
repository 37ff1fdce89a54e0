import { type Diagnostic, topOf } from '../engine/diagnostic.ts';
import { changedFiles } from '../engine/io/changed-files.ts';
import type { Merge } from '../engine/io/merge-commits.ts';
import { type ChangedFile, type ChangeSet, changeSetOf } from '../engine/review/change-set.ts';
import type { Context } from './command.ts';
import { isWorldBroken, type Named, sideOf } from './compare-repositories.ts';
import { openCommit } from './open-tree.ts';
import { repositoryNameOf } from './repository-name-of.ts';

/** What a merge would change. */
export interface Compared {
  change: ChangeSet;
  faults: readonly Diagnostic[];
  /** What the faults point into. */
  sources: Pick<Named, 'filesAt'>;
  /** What it does can be told; else the change is an empty one, and the faults say why. */
  isSound: boolean;
}

/** What the base would become, were this merged into it; `name` is what people call what is merged. */
export async function compareMerged(
  context: Pick<Context, 'root' | 'at'>,
  base: Named,
  name: string,
  merge: Merge,
): Promise<Compared> {
  const { root, at } = context;
  const about = { repo: await repositoryNameOf(context), at: at.day };
  const nothing = (faults: readonly Diagnostic[], files: readonly ChangedFile[], sources = base): Compared => ({
    change: changeSetOf(sideOf(base), { ...sideOf(base), name }, { ...about, files }),
    faults,
    sources,
    isSound: false,
  });
  if (!('commit' in merge)) return nothing(notMerged(merge, base.name), []);
  const head: Named = { ...(await openCommit(context, merge.commit)), name };
  const files = await changedFiles(root, base.commit ?? '', merge.commit);
  if (isWorldBroken(head)) return nothing(head.diagnostics, files, head);
  const change = changeSetOf(sideOf(base), sideOf(head), { ...about, files });
  const faults = [...head.diagnostics, ...change.head.compiled.diagnostics];
  return { change, faults, sources: head, isSound: true };
}

function notMerged(merge: Exclude<Merge, { commit: string }>, base: string): Diagnostic[] {
  const help = `merge ${base} into the branch, settle what both sides say, and push`;
  if ('unrelated' in merge)
    return [
      {
        rule: 'merge-conflict',
        severity: 'error',
        message: `the branch has no history in common with ${base}`,
        at: topOf('.'),
        help: `begin a branch from ${base}`,
      },
    ];
  return merge.conflicts.map((path) => ({
    rule: 'merge-conflict',
    severity: 'error',
    message: `${path} was changed here and on ${base} in ways that contradict each other`,
    at: topOf(path),
    help,
  }));
}
