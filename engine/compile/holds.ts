import { isMoreFavourable, sameValue } from '../../runtime/terms/favour.ts';
import { foldSetting } from '../../runtime/terms/fold.ts';
import type { Day, Layer, Value } from '../../runtime/terms/timeline.ts';
import type { PreparedWorld } from './prepare-world.ts';
import { nobody, type Source } from './source.ts';

interface Giving {
  source: Source;
  value: Value;
}

interface Held extends Giving {
  since: Day;
}

/** What is remembered of one setting from one day to the next. */
type Memory = { giving?: Giving; held?: Held };

/**
 * Keeps settings with `onEnd: hold` at their value when what gave it ends. Called for each boundary in order;
 * `holdOn` returns the layers of what is held on that day, to be laid over the sources and their `layers`.
 */
export function startHolds(world: PreparedWorld): {
  holdOn(day: Day, sources: readonly Source[], layers: readonly Layer[]): Layer[];
} {
  const memories = new Map<string, Memory>();
  return {
    holdOn(day, sources, layers) {
      const held: Layer[] = [];
      for (const key of world.holds) {
        const now = remember(key, memories.get(key) ?? {}, day, sources, layers, world);
        memories.set(key, now);
        if (now.held) held.push(heldLayer(key, now.held));
      }
      return held;
    },
  };
}

function heldLayer(key: string, { source, value, since }: Held): Layer {
  const { until: _, add: __, ...layer } = source.layer;
  return { ...layer, set: { [key]: value }, heldSince: since };
}

function remember(
  key: string,
  before: Memory,
  day: Day,
  sources: readonly Source[],
  layers: readonly Layer[],
  world: PreparedWorld,
): Memory {
  const { value, layer } = foldSetting(world.settings, key, layers);
  const source = layer?.kind === 'stage' ? undefined : sources.find((candidate) => candidate.layer === layer);
  const giving = source && source.giver !== nobody ? { source, value } : undefined;
  const next: Memory = giving ? { giving } : {};
  const lost = before.held ?? endedGiver(key, before.giving, sources, day);
  if (!lost) return next;

  const setting = world.settings[key];
  const isBack = stillGives(key, lost.source.giver, sources);
  const isNamedAnew = sources.some(
    ({ layer: said, since }) =>
      since >= lost.since && names(said, key) && (said.kind !== 'plan' || said === giving?.source.layer),
  );
  const isNoLoss =
    setting !== undefined && (sameValue(value, lost.value) || isMoreFavourable(setting, value, lost.value));
  return isBack || isNamedAnew || isNoLoss ? next : { held: lost };
}

/** Yesterday's giver, when nothing of it gives the setting any more. */
function endedGiver(key: string, giving: Giving | undefined, sources: readonly Source[], day: Day): Held | undefined {
  return giving && !stillGives(key, giving.source.giver, sources) ? { ...giving, since: day } : undefined;
}

const stillGives = (key: string, giver: string, sources: readonly Source[]): boolean =>
  sources.some((source) => source.giver === giver && names(source.layer, key));

const names = (layer: Layer, key: string): boolean =>
  (layer.set !== undefined && Object.hasOwn(layer.set, key)) ||
  (layer.add !== undefined && Object.hasOwn(layer.add, key));
