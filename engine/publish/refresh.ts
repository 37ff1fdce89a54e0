import type { Head } from '../../runtime/snapshot/head.ts';
import { findMissing } from './find-missing.ts';
import { type Refused, refuse } from './outcome.ts';
import { type Lost, type SwapTools, swapHead, type Target } from './swap-head.ts';

export interface RefreshRequest extends Target {
  /** Do everything but write. */
  dryRun?: boolean;
}

/** What is in force is in force anew; `planned` where nobody asked to write. */
export interface Refreshed {
  outcome: 'refreshed' | 'planned';
  release: number;
  root: string;
  commit: string;
  customers: number;
  issuedAt: string;
  staleAfter: string;
  /** The rollback that is in force stays one. */
  hold?: string;
}

/**
 * Says of what is in force that it still is: the same content under a new number, so that readers know nobody keeps a
 * newer release from them. Holds and canaries stay as they are.
 *
 * @throws StoreError when the store cannot be used.
 */
export async function refresh(
  tools: SwapTools,
  { dryRun = false, ...target }: RefreshRequest,
): Promise<Refreshed | Refused | Lost> {
  const result = await swapHead<Refreshed | Refused>(tools, target, async ({ current, stored }) => {
    if (!current)
      return {
        stop: refuse('noSuchRelease', 'nothing has been published here yet', 'publish first: `proviso publish`'),
      };
    // A store that lost heads may have lost what they name; what it holds itself was whole when it came into force.
    const missing = stored?.hash === current.hash ? undefined : await findMissing(tools.store, current.payload.root);
    if (missing) return { stop: incomplete(current, missing.message) };
    const { root, count, commit, policyDigest, compiler, evidence, schema, releaseHold, canary, folder } =
      current.payload;
    if (dryRun) return { stop: planned(current, tools.now(), target.staleAfterMs) };
    return {
      next: {
        kind: 'refresh',
        root,
        count,
        commit,
        policyDigest,
        compiler,
        evidence,
        schema,
        folder,
        ...(releaseHold !== undefined && { releaseHold }),
        ...(canary && { canary }),
      },
    };
  });
  return result.outcome === 'swapped' ? told('refreshed', result.head.payload) : result;
}

const told = (outcome: Refreshed['outcome'], payload: Head['payload']): Refreshed => {
  const { n: release, root, commit, count: customers, issuedAt, staleAfter, releaseHold } = payload;
  const hold = releaseHold === undefined ? {} : { hold: releaseHold };
  return { outcome, release, root, commit, customers, issuedAt, staleAfter, ...hold };
};

const planned = ({ payload }: Head, now: Date, staleAfterMs: number): Refreshed =>
  told('planned', {
    ...payload,
    n: payload.n + 1,
    issuedAt: now.toISOString(),
    staleAfter: new Date(now.getTime() + staleAfterMs).toISOString(),
  });

const incomplete = ({ payload }: Head, why: string): Refused =>
  refuse(
    'damaged',
    `release ${payload.n} was in force, and the store does not hold all of it: ${why}`,
    'publish: it writes what is missing',
  );
