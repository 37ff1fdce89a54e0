import type { Day } from '../../runtime/terms/timeline.ts';
import { type CompiledCustomer, compileCustomer } from '../compile/compile-customer.ts';
import { prepareWorld } from '../compile/prepare-world.ts';
import { compileSides, type Uncompiled } from '../diff/compile-sides.ts';
import type { Diff, DiffSide } from '../diff/diff.ts';
import { compareModels } from '../diff/diff-models.ts';
import type { Learned } from '../diff/learned.ts';

/** A file of the repository that differs, with git's blob ids; one that is absent on a side has none there. */
export interface ChangedFile {
  /** Relative to the root, with `/`. */
  path: string;
  before?: string;
  after?: string;
}

/** A change under review: both sides, what it does to whom, and what else of the repository it touches. */
export interface ChangeSet {
  /** Such as `acme/terms`: an approval given in one repository is none in another. */
  repo: string;
  /** The day that separates the past from what is shown as a change. */
  at: Day;
  base: DiffSide;
  head: DiffSide;
  diff: Diff;
  /** What was seen of customers when they were compared. */
  learned: Learned;
  /** Everything that differs between the two, terms and all else; sorted by path. */
  files: readonly ChangedFile[];
  /** A customer as the base has it, compiled when first asked for; undefined where the base has none. */
  before(id: string): CompiledCustomer | undefined;
  /** The same of the head. */
  after(id: string): CompiledCustomer | undefined;
}

/** Compares two repositories that have been read, and makes of them what checks and approvals look at. */
export function changeSetOf(
  base: Uncompiled,
  head: Uncompiled,
  { repo, at, files }: Pick<ChangeSet, 'repo' | 'at' | 'files'>,
): ChangeSet {
  const sides = compileSides(base, head);
  const compared = compareModels(sides.base, sides.head, { at });
  return { repo, at, files, ...sides, ...compared, before: compiledOf(sides.base), after: compiledOf(sides.head) };
}

/** Customers a change cannot reach are compiled only for the checks that ask about them. */
function compiledOf({ model, compiled }: DiffSide): (id: string) => CompiledCustomer | undefined {
  const others = new Map<string, CompiledCustomer>();
  let world: ReturnType<typeof prepareWorld> | undefined;
  return (id) => {
    const known = compiled.customers.get(id) ?? others.get(id);
    const entry = known ? undefined : model.customers.get(id);
    if (!entry) return known;
    world ??= prepareWorld(model.world);
    const made = compileCustomer(entry, world);
    others.set(id, made);
    return made;
  };
}
