import { checksumOf, effectOf, shownChecksum } from '../diff/checksum-of.ts';
import { list } from '../report/list.ts';
import type { ChangeSet } from '../review/change-set.ts';
import type { MainCommit } from './main-commit.ts';
import type { Provenance } from './provenance.ts';
import type { Trees } from './trees.ts';
import { isWorldCompared, uncomparedCustomers } from './uncompared.ts';

/** Checksums of what a pull request did where it was reviewed, and of what its commit does on the published branch. */
export interface Binding {
  reviewed: string;
  published: string;
}

export interface AsReviewed {
  /** Absent where nothing had to be computed, or nothing could be. */
  binding?: Binding;
  /** Why it is not what was reviewed, as the end of a sentence about the commit. */
  because?: string;
}

/** What is held against what was reviewed: a commit that follows `base`, with what it does to it. */
export interface Publishing {
  commit: Pick<MainCommit, 'id' | 'tree'>;
  base: string;
  change: ChangeSet;
}

const NAMED = 10;

/**
 * Whether a commit does to customers what its pull request did where it was reviewed: between the commit it began from
 * and its head. What both do is compared, not their files, so that whatever else the branch became meanwhile does not
 * matter. Where they differ, only the branch may be the reason, and only where it changed none of the same customers.
 *
 * A commit is bound by its approvals alone where it has no pull request (approvals of a file), where it changes nothing
 * for anybody, and where the head of its pull request cannot be had any more.
 */
export async function asReviewed(
  { commit, base, change }: Publishing,
  { pull, reviewed: headOf }: Pick<Provenance, 'pull' | 'reviewed'>,
  trees: Trees,
): Promise<AsReviewed> {
  if (!pull || !headOf || change.diff.customers.length === 0) return {};
  const head = await headOf();
  const since = await trees.mergeBase(base, head);
  if (since === undefined) return {};
  if (since === null)
    return { because: `has nothing in common with pull request #${pull.number}, which it is said to merge` };
  const merged = await trees.mergedTree(base, head);
  // Nothing came in between, and nothing came with the merge.
  if (since === base && merged === commit.tree) return {};

  const reviewed = await trees.change(since, head, change.at);
  const binding = { reviewed: checksumOf(reviewed.diff), published: checksumOf(change.diff) };
  if (binding.reviewed === binding.published) return { binding };
  const isPlain =
    merged !== undefined &&
    (merged === commit.tree || checksumOf((await trees.change(base, merged, change.at)).diff) === binding.published);
  // Whoever wrote into the merge itself changed what was reviewed, whatever the branch did.
  if (!isPlain) return { binding, because: whyApart(pull.number, binding, apart(reviewed, change), 'the merge') };
  const between = await trees.change(since, base, change.at);
  const isTold = isWorldCompared(reviewed) && isWorldCompared(between);
  const met = isTold ? shared(between, reviewed, change) : apart(reviewed, change);
  return met.length === 0 ? { binding } : { binding, because: whyApart(pull.number, binding, met, 'the branch') };
}

function whyApart(
  pull: number,
  { reviewed, published }: Binding,
  customers: readonly string[],
  by: 'the merge' | 'the branch',
): string {
  const who = list(customers, NAMED);
  const what = `(checksum ${shownChecksum(published)}, reviewed ${shownChecksum(reviewed)})`;
  return by === 'the merge'
    ? `does not do what was reviewed in pull request #${pull} ${what}: its merge holds something else for ${who}`
    : `does not do what was reviewed in pull request #${pull} ${what}: meanwhile the branch changed ${who} too`;
}

/** Customers of either change whom what came in between also changed, or may have: nobody can tell of what is not compared. */
function shared(between: ChangeSet, ...changes: readonly ChangeSet[]): string[] {
  const touched = new Set(touchedBy(between));
  return [...new Set(changes.flatMap(touchedBy))].filter((id) => touched.has(id)).sort();
}

const touchedBy = (change: ChangeSet): string[] => [
  ...change.diff.customers.map(({ customer }) => customer),
  ...uncomparedCustomers(change),
];

/** Everybody for whom the one change does not do what the other does. */
function apart(one: ChangeSet, other: ChangeSet): string[] {
  const [effects, others] = [one, other].map(
    ({ diff }) => new Map(diff.customers.map((each) => [each.customer, effectOf(each)])),
  );
  const ids = [...new Set([...touchedBy(one), ...touchedBy(other)])].sort();
  const differing = ids.filter((id) => effects?.get(id) !== others?.get(id));
  return differing.length > 0 ? differing : ids;
}
