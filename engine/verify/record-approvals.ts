import type { Approvers } from '../../schemas/approvals.ts';
import type { CommitEvidence, Evidence } from './evidence.ts';

/** Somebody's approval of the change that gave a record its form. */
export interface RecordApproval {
  /** Who, by the number that stays when the login changes. */
  id: number;
  /** As the approvers of that commit name them; absent where they do not. */
  login?: string;
  class: string;
  /** The number of the pull request to which it was given. */
  pull?: number;
  /** The commit of the published branch that made the change. */
  commit: string;
}

/** By the record's name, see `recordsOf`. */
export type RecordApprovals = ReadonlyMap<string, readonly RecordApproval[]>;

/**
 * Who approved each record, given the commit that last changed it. `evidence` is that of the releases, newest first, and
 * is read no further than needed. Records of commits that nobody verified, that needed no approval, or that were
 * published only because they were undone are left out.
 */
export async function recordApprovals(
  changes: ReadonlyMap<string, string>,
  evidence: AsyncIterable<Evidence>,
  approversOf: (commit: string) => Promise<Approvers | undefined>,
): Promise<RecordApprovals> {
  const approvals = new Map<string, readonly RecordApproval[]>();
  const open = new Set(changes.values());
  if (open.size === 0) return approvals;
  for await (const { commits } of evidence) {
    for (const each of commits) {
      if (!open.delete(each.commit)) continue;
      const given = await approvalsOf(each, approversOf);
      if (given.length > 0)
        for (const [name, commit] of changes) if (commit === each.commit) approvals.set(name, given);
    }
    if (open.size === 0) break;
  }
  return approvals;
}

async function approvalsOf(
  { commit, pull: merged, ratifiedBy, undoneBy, classes }: CommitEvidence,
  approversOf: (commit: string) => Promise<Approvers | undefined>,
): Promise<RecordApproval[]> {
  const given = Object.entries(classes).flatMap(([name, { users }]) => users.map((id) => ({ id, class: name })));
  if (undoneBy !== undefined || given.length === 0) return [];
  const logins = new Map((await approversOf(commit))?.people.map(({ id, login }) => [id, login]));
  const pull = ratifiedBy ?? merged;
  return given.map(({ id, class: name }) => {
    const login = logins.get(id);
    return { id, ...(login !== undefined && { login }), class: name, ...(pull !== undefined && { pull }), commit };
  });
}
