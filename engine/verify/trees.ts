import type { Day } from '../../runtime/terms/timeline.ts';
import type { ChangeSet } from '../review/change-set.ts';

/** Both sides of a change by the names git has for them: commits or trees. */
export interface Trees {
  /** What one does to the other, with `at` as the day that separates the past. */
  change(base: string, head: string, at: Day): Promise<ChangeSet>;
  /** The commit where both parted; null where they have none in common; undefined where one is not here. */
  mergeBase(base: string, head: string): Promise<string | null | undefined>;
  /** The tree that a merge of the second commit into the first makes; undefined where it conflicts or one is not here. */
  mergedTree(base: string, head: string): Promise<string | undefined>;
}
