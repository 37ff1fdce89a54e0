import type { CustomerView } from '../../client/customer-view.ts';
import type { Origin } from '../../client/freshness.ts';
import { type Evaluated, evaluate } from '../../openfeature/evaluate.ts';
import type { Stage } from '../../terms/timeline.ts';

/** What is told of a setting beside its value: `source`, `until`, and whether it is unlimited, its value being `UNLIMITED`. */
export type FlagMetadata = Pick<Evaluated['metadata'], 'source' | 'until' | 'unlimited'>;

/** What is told of the whole answer. */
export interface SetMetadata {
  release: number;
  plan: string;
  stage: Stage;
  /** Where the release was read from. */
  origin: Origin;
  /** Nobody has confirmed the release for too long. */
  stale: boolean;
}

export interface Flag extends Pick<Evaluated, 'value' | 'reason' | 'variant'> {
  key: string;
  metadata: FlagMetadata;
}

/**
 * How an unlimited limit is written. JSON has no infinity, an object is no number to a client that asks for one, and -1 is
 * below every use: this is the greatest number every reader of JSON keeps exactly, so comparing and counting down come out right.
 */
export const UNLIMITED = Number.MAX_SAFE_INTEGER;

/** A setting as a flag; undefined where there is no such setting. */
export function flagOf(view: CustomerView, key: string): Flag | undefined {
  const evaluated = evaluate(view, key);
  if ('error' in evaluated) return undefined;
  const { value, reason, variant, metadata } = evaluated;
  const { source, until, unlimited } = metadata;
  return {
    key,
    value: unlimited ? UNLIMITED : value,
    reason,
    variant,
    metadata: { source, ...(until !== undefined && { until }), ...(unlimited && { unlimited }) },
  };
}

export const setMetadata = ({ release, plan, stage, freshness }: CustomerView): SetMetadata => ({
  release,
  plan,
  stage,
  origin: freshness.source,
  stale: freshness.state === 'stale',
});
