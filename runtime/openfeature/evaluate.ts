import type { CustomerView } from '../client/customer-view.ts';
import type { Origin } from '../client/freshness.ts';
import type { Day, LayerKind, Stage } from '../terms/timeline.ts';

/** What a flag of OpenFeature holds. A list is in an object: over the wire there are no flags that are lists. */
export type FlagValue = boolean | number | string | { items: string[] };

/** What is told beside a value: flat, as OpenFeature has it. */
export type FlagMetadata = Readonly<{
  release: number;
  plan: string;
  stage: Stage;
  /** What gave the value: a kind of layer, nothing (the day-one default), or the safe value for data that is too old. */
  source: LayerKind | 'default' | 'whenStale';
  /** Where the release was read from. */
  origin: Origin;
  /** Nobody has confirmed the release for too long. */
  stale: boolean;
  /** The last day on which what gave the value does so, where its record states one. */
  until?: Day;
  /** The limit is unlimited: its value is `Infinity`. */
  unlimited?: true;
}>;

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
  /** Frozen: many answers have the same. */
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
  const setting = view.settings[key] as boolean | number | string | readonly string[];
  const source = isStale ? 'whenStale' : (layer?.kind ?? 'default');
  const until = layer?.heldSince === undefined ? layer?.until : undefined;
  const metadata = metadataOf(view, source, until, setting === Number.POSITIVE_INFINITY);
  // Whoever is handed a flag may write into it.
  const value = typeof setting === 'object' ? { items: [...setting] } : setting;
  return {
    kind: typeof value as Evaluated['kind'],
    value,
    reason: layer ? 'TARGETING_MATCH' : 'STATIC',
    variant: layer?.id ?? source,
    metadata,
  };
}

/** Plans, and of each what was told last beside values; a product has a handful of plans, with a few stages and sources. */
const MOST_PLANS = 200;
const MOST_OF_A_PLAN = 32;

/** By plan, the newest first. Shared by all customers and releases: most answers are told with what another one was. */
const told = new Map<string, FlagMetadata[]>();

function metadataOf(
  { release, plan, stage, freshness }: CustomerView,
  source: FlagMetadata['source'],
  until: Day | undefined,
  isUnlimited: boolean,
): FlagMetadata {
  const [origin, stale] = [freshness.source, freshness.state === 'stale'];
  // Each customer may have a day of its own.
  const known = until === undefined ? (told.get(plan) ?? []) : [];
  for (const each of known)
    if (
      each.source === source &&
      each.release === release &&
      each.stage === stage &&
      each.stale === stale &&
      each.origin === origin &&
      (each.unlimited === true) === isUnlimited
    )
      return each;
  const metadata: FlagMetadata = Object.freeze({
    release,
    plan,
    stage,
    source,
    origin,
    stale,
    ...(until !== undefined && { until }),
    ...(isUnlimited && { unlimited: true as const }),
  });
  if (until === undefined) remember(metadata, known);
  return metadata;
}

function remember(metadata: FlagMetadata, known: FlagMetadata[]): void {
  known.unshift(metadata);
  known.length = Math.min(known.length, MOST_OF_A_PLAN);
  if (told.size >= MOST_PLANS && !told.has(metadata.plan)) told.clear();
  told.set(metadata.plan, known);
}
