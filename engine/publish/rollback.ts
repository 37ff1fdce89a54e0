import type { Head } from '../../runtime/snapshot/head.ts';
import { encodeObject, SnapshotError } from '../../runtime/snapshot/object.ts';
import { findMissing } from './find-missing.ts';
import { historyOf } from './history.ts';
import { oursIn } from './ours-in.ts';
import { type Refused, refuse } from './outcome.ts';
import type { Published } from './publish.ts';
import type { RollbackReason } from './rollback-reason.ts';
import { type Lost, type SwapTools, swapHead, type Target } from './swap-head.ts';

export interface RollbackRequest extends Target {
  /** The release to bring back. */
  toRelease: number;
  /** Kept with the release; without it the release says nothing of why. */
  reason?: Pick<RollbackReason, 'because' | 'by'>;
}

/** `hold`: publishing waits for a commit that builds on this one. */
export interface RolledBack extends Published {
  hold: string;
}

/**
 * Brings an earlier release back as a new one, without compiling: its objects are still there. What was in force is
 * held from then on: publishing goes on with a commit that builds on the newest one ever published.
 *
 * @throws StoreError when the store cannot be used.
 */
export async function rollback(
  tools: SwapTools,
  request: RollbackRequest,
): Promise<RolledBack | Published | Refused | Lost> {
  const { store } = tools;
  const { toRelease, reason, ...target } = request;
  const kept = reason && encodeObject({ v: 1, kind: 'rollback', to: toRelease, ...reason } satisfies RollbackReason);
  const evidence = kept?.ref.hash ?? 'none';

  const result = await swapHead<Published | Refused>(tools, target, async ({ current }) => {
    const to = current && (await findRelease(tools, target, toRelease));
    if (!to) return { stop: noSuchRelease(toRelease, current) };
    if ('outcome' in to) return { stop: to };
    const { root, count, commit, policyDigest, compiler, schema, folder } = to.payload;
    // What was only refreshed since is what it was.
    if ((['root', 'commit', 'releaseHold'] as const).every((field) => to.payload[field] === current.payload[field]))
      return { stop: { outcome: 'unchanged', release: toRelease, root, commit, customers: count, written: none } };
    // An old release may have been swept; one that is not whole is never put in force.
    const missing = await findMissing(store, root);
    if (missing) return { stop: damaged(toRelease, missing) };
    if (kept) await store.putAll(new Map([[evidence, kept.bytes]]));
    const releaseHold = current.payload.releaseHold ?? current.payload.commit;
    const made = { root, count, commit, policyDigest, compiler, schema, folder };
    return { next: { kind: 'rollback', ...made, evidence, releaseHold } };
  });

  if (result.outcome !== 'swapped') return result;
  const { n, root, commit, count, releaseHold } = result.head.payload;
  return {
    outcome: 'published',
    release: n,
    root,
    commit,
    customers: count,
    written: kept ? { objects: 1, bytes: kept.ref.size } : none,
    hold: releaseHold as string,
  };
}

const none = { objects: 0, bytes: 0 } as const;

const noSuchRelease = (wanted: number, current: Head | undefined): Refused =>
  refuse(
    'noSuchRelease',
    current
      ? `there is no release ${wanted}; the newest is ${current.payload.n}`
      : 'nothing has been published here yet',
    '`proviso history` lists the releases',
  );

const damaged = (release: number, error: SnapshotError): Refused =>
  refuse('damaged', `release ${release} cannot be brought back: ${error.message}`, 'choose another release');

async function findRelease(
  { store, signing }: SwapTools,
  target: Target,
  n: number,
): Promise<Head | Refused | undefined> {
  try {
    for await (const head of historyOf(store, oursIn(target, signing))) if (head.payload.n === n) return head;
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error;
    return damaged(n, error);
  }
  return undefined;
}
