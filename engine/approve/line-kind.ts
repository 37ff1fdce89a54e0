import type { ApprovalWhen } from '../../schemas/approvals.ts';

/** What a line is about: machinery, how many customers, shared files, or else what changes for customers. */
export function lineKind({
  machinery,
  customers,
  percent,
  edits,
}: ApprovalWhen): 'machinery' | 'blast' | 'edit' | 'effect' {
  if (machinery) return 'machinery';
  if (customers || percent) return 'blast';
  return edits ? 'edit' : 'effect';
}

/** The values of a key that takes one or a list. */
export const listOf = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);
