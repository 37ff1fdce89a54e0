import type { CustomerView } from '../client/customer-view.ts';
import type { Origin } from '../client/freshness.ts';
import type { Day, LayerKind, Stage } from '../terms/timeline.ts';

/** What a flag of OpenFeature holds. A list is in an object: over the wire there are no flags that are lists. */
export type FlagValue = boolean | number | string | { items: string[] };

/** What is told beside a value: flat, as OpenFeature has it. */
export type FlagMetadata = {
  release: number;
  plan: string;
  stage: Stage;
  /** What gave the value: a kind of layer, nothing (the day-one default), or the safe value for data that is too old. */
  source: LayerKind | 'default' | 'whenStale';
  /** Where the release was read from. */
  origin: Origin;
  /** Nobody has confirmed the release for too long. */
  stale: boolean;
  /** The last day on which what gave the value does so, where an end is known. */
  until?: Day;
  /** The limit is unlimited: its value is `Infinity`. */
  unlimited?: true;
};

/** A setting of a customer as a flag. */
export interface Evaluated {
  /** A feature is a boolean flag, a limit a number, a choice or a text a string, a list an object. */
  kind: 'boolean' | 'number' | 'string' | 'object';
  /** An unlimited limit is `Infinity`, which JSON cannot say: see `metadata.unlimited`. */
  value: FlagValue;
  /** `STATIC`: the day-one default, the same for everybody; `TARGETING_MATCH`: something this customer has gave it. */
  reason: 'STATIC' | 'TARGETING_MATCH';
  /** The plan, add-on, contract, exception or stage that gave the value; where none did, the `source` of the metadata. */
  variant: string;
  metadata: FlagMetadata;
}

/** Why there is no value, in the words of OpenFeature; `message` is for people. */
export interface Refused {
  error: 'FLAG_NOT_FOUND' | 'TARGETING_KEY_MISSING' | 'INVALID_CONTEXT';
  message: string;
}

/**
 * One setting of a customer as a flag of OpenFeature, for whoever serves flags: in process or over HTTP. What is a setting is
 * decided by the view alone, so that an answer never mixes two releases.
 */
export function evaluate(view: CustomerView, key: string): Evaluated | Refused {
  if (!Object.hasOwn(view.settings, key))
    return { error: 'FLAG_NOT_FOUND', message: `no setting is named ${JSON.stringify(key)}` };
  const { layer, isStale } = view.explain(key);
  const { release, plan, stage, freshness } = view;
  const metadata: FlagMetadata = {
    release,
    plan,
    stage,
    source: isStale ? 'whenStale' : (layer?.kind ?? 'default'),
    origin: freshness.source,
    stale: freshness.state === 'stale',
  };
  if (layer?.until !== undefined && layer.heldSince === undefined) metadata.until = layer.until;
  const setting = view.settings[key] as boolean | number | string | readonly string[];
  if (setting === Number.POSITIVE_INFINITY) metadata.unlimited = true;
  // Whoever is handed a flag may write into it.
  const value = typeof setting === 'object' ? { items: [...setting] } : setting;
  return {
    kind: typeof value as Evaluated['kind'],
    value,
    reason: layer ? 'TARGETING_MATCH' : 'STATIC',
    variant: layer?.id ?? metadata.source,
    metadata,
  };
}
