import { checksumOf } from '../diff/checksum-of.ts';
import type { ChangeSet } from '../review/change-set.ts';
import { isCompared } from './uncompared.ts';

/** Whether a change does to customers what a person names by its checksum, or at least its first digits, and no more than can be told. */
export const isExpected = (change: ChangeSet, expect: string): boolean =>
  isCompared(change) && checksumOf(change.diff).startsWith(expect);
