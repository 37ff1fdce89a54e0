import { type CanaryTools, noCanary } from './canary-tools.ts';
import type { Refused } from './outcome.ts';
import type { Published } from './publish.ts';
import { readStable } from './read-stable.ts';
import { type Lost, swapHead, type Target } from './swap-head.ts';

export interface AbortRequest extends Target {
  /** Do everything but write. */
  dryRun?: boolean;
}

/** Root, commit and customers are those of what everybody has. `unchanged`: the canary was aborted before. */
export interface Aborted extends Omit<Published, 'outcome' | 'written' | 'canary' | 'evidence'> {
  outcome: 'published' | 'unchanged' | 'planned';
  /** What nobody follows any more; absent where it was aborted before. */
  canary?: { release: number; commit: string };
}

/**
 * Ends a canary: its readers are back at what everybody has as soon as they look. `channel` of the request is that of the
 * canary.
 *
 * @throws StoreError when the store cannot be used.
 */
export async function abort(
  tools: Pick<CanaryTools, 'stable' | 'canary'>,
  { dryRun = false, ...target }: AbortRequest,
): Promise<Aborted | Refused | Lost> {
  let ended: Aborted['canary'];
  const result = await swapHead<Aborted | Refused>(tools.canary, target, async ({ current }) => {
    if (current?.payload.kind === 'abort') {
      const { n: release, root, commit, count: customers } = current.payload;
      return { stop: { outcome: 'unchanged', release, root, commit, customers } };
    }
    if (!current?.payload.canary) return { stop: noCanary(target, current?.payload) };
    const stable = await readStable(tools.stable, target);
    if ('outcome' in stable) return { stop: stable };
    const { root, count, commit, policyDigest, compiler, schema, folder } = stable.stored.payload;
    ended = { release: current.payload.n, commit: current.payload.commit };
    const release = current.payload.n + 1;
    if (dryRun) return { stop: { outcome: 'planned', release, root, commit, customers: count, canary: ended } };
    const made = { root, count, commit, policyDigest, compiler, schema, folder };
    return { next: { kind: 'abort', ...made, evidence: 'none' } };
  });
  if (result.outcome !== 'swapped') return result;
  const { n: release, root, commit, count: customers } = result.head.payload;
  return { outcome: 'published', release, root, commit, customers, ...(ended && { canary: ended }) };
}
