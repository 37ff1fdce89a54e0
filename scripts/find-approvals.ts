import { customerAt } from '../engine/customer-at.ts';
import { readDocument } from '../engine/document.ts';
import { fileHistory } from '../engine/io/file-history.ts';
import { isAncestor, resolveCommit } from '../engine/io/git.ts';
import type { Entry } from '../engine/model.ts';
import { evidenceOf } from '../engine/publish/evidence-of.ts';
import { historyOf } from '../engine/publish/history.ts';
import type { SourceFile } from '../engine/source-file.ts';
import { UsageError } from '../engine/usage-error.ts';
import { hasShape } from '../engine/validate/has-shape.ts';
import { type CustomerStep, lastChanges } from '../engine/verify/last-changes.ts';
import { type RecordApprovals, recordApprovals } from '../engine/verify/record-approvals.ts';
import { recordsOf } from '../engine/verify/records-of.ts';
import type { HeadPayload } from '../runtime/snapshot/head.ts';
import { isHash, SnapshotError } from '../runtime/snapshot/object.ts';
import { StoreError } from '../runtime/stores/store.ts';
import type { Customer } from '../schemas/customer.ts';
import type { Context } from './command.ts';
import { readPolicy } from './read-policy.ts';
import { lineOf, withStore } from './release-tools.ts';

/**
 * Who approved what is published of a customer, as the evidence of the environment's releases says; of the customer as
 * `commit` has it, where that is given. Nobody where no approvals were verified, and where the store or git cannot be
 * used from here: this only adds to an answer.
 */
export async function findApprovals(
  context: Context,
  entry: Entry<Customer>,
  commit: string | undefined,
): Promise<RecordApprovals> {
  if (recordsOf(entry.data).size === 0) return new Map();
  const { root } = context;
  try {
    return await withStore(context, async (store) => {
      const heads: HeadPayload[] = [];
      for await (const { payload } of historyOf(store, await lineOf(context))) heads.push(payload);
      const hashes = [...new Set(heads.map(({ evidence }) => evidence))].filter(isHash);
      const [newest] = heads;
      if (!newest || hashes.length === 0) return new Map();
      const published = await resolveCommit(root, newest.commit);
      const isPast = commit !== undefined && (await isAncestor(root, commit, published));
      const steps = stepsOf(root, isPast ? commit : published, entry);
      const approversOf = (of: string) => readPolicy(root, of, 'approvers');
      return recordApprovals(await lastChanges(entry.data, steps), evidenceOf(store, hashes), approversOf);
    });
  } catch (error) {
    if (error instanceof StoreError || error instanceof SnapshotError || error instanceof UsageError) return new Map();
    throw error;
  }
}

async function* stepsOf(root: string, commit: string, { id, document }: Entry<Customer>): AsyncGenerator<CustomerStep> {
  const file = { path: document.path, room: 'customers', isIt: (path: string) => customerAt(path) === id };
  for await (const { commit: made, before, after } of fileHistory(root, commit, file))
    yield { commit: made, before: customerIn(before), after: customerIn(after) };
}

function customerIn(file: SourceFile | undefined): CustomerStep['after'] {
  if (!file) return null;
  const data = readDocument(file).document?.data;
  return hasShape('customer', data) ? (data as Customer) : undefined;
}
