import type { CustomerView } from '../../client/customer-view.ts';
import type { Origin } from '../../client/freshness.ts';
import type { Day, LayerKind, Stage } from '../../terms/timeline.ts';

/** A list is in an object: the protocol has no flags that are lists. */
export type FlagValue = boolean | number | string | { items: readonly string[] };

/** What is told of a setting beside its value. */
export interface FlagMetadata {
  /** What gave the value: a kind of layer, nothing (the day-one default), or the safe value for data that is too old. */
  source: LayerKind | 'default' | 'whenStale';
  /** The last day on which it is given, where an end is known. */
  until?: Day;
  /** The limit is unlimited, and its value `UNLIMITED`. */
  unlimited?: true;
}

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

export interface Flag {
  key: string;
  value: FlagValue;
  /** `STATIC`: the day-one default or what the plan says; `TARGETING_MATCH`: what only this customer has, or its stage. */
  reason: 'STATIC' | 'TARGETING_MATCH';
  /** The plan, contract, trial, add-on, exception or stage that gave the value; `default` where none did. */
  variant: string;
  metadata: FlagMetadata;
}

/**
 * How an unlimited limit is written. JSON has no infinity, an object is no number to a client that asks for one, and -1 is
 * below every use: this is the greatest number every reader of JSON keeps exactly, so comparing and counting down come out right.
 */
export const UNLIMITED = Number.MAX_SAFE_INTEGER;

/** A setting as a flag; undefined where there is no such setting. */
export function flagOf(view: CustomerView, key: string): Flag | undefined {
  if (!Object.hasOwn(view.values, key)) return undefined;
  const { layer, isStale } = view.explain(key);
  const setting = view.settings[key] as boolean | number | string | readonly string[];
  const isUnlimited = setting === Number.POSITIVE_INFINITY;
  return {
    key,
    value: isUnlimited ? UNLIMITED : typeof setting === 'object' ? { items: setting } : setting,
    reason: !layer || layer.kind === 'plan' ? 'STATIC' : 'TARGETING_MATCH',
    variant: layer?.id ?? 'default',
    metadata: {
      source: isStale ? 'whenStale' : (layer?.kind ?? 'default'),
      ...(layer?.until !== undefined && layer.heldSince === undefined && { until: layer.until }),
      ...(isUnlimited && { unlimited: true as const }),
    },
  };
}

export const setMetadata = ({ release, plan, stage, freshness }: CustomerView): SetMetadata => ({
  release,
  plan,
  stage,
  origin: freshness.source,
  stale: freshness.state === 'stale',
});
