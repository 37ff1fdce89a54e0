import { isMoreFavourable, sameValue } from '../../runtime/terms/favour.ts';
import { foldSetting } from '../../runtime/terms/fold.ts';
import type { Day, Layer, Value } from '../../runtime/terms/timeline.ts';
import type { PreparedWorld } from './prepare-world.ts';
import { nobody, type Source } from './source.ts';

/** A value that is kept although what gave it has ended. */
interface Held {
  source: Source;
  value: Value;
  since: Day;
}

/** What gives on a day: the sources in order, and their layers. */
interface Giving {
  sources: readonly Source[];
  layers: readonly Layer[];
}

/**
 * Keeps settings with `onEnd: hold` at their value when what gave it ends. Called for each boundary in order;
 * `holdOn` returns the layers of what is held on that day, to be laid over the sources and their `layers`.
 */
export function startHolds(world: PreparedWorld): { holdOn(day: Day, now: Giving): Layer[] } {
  const held = new Map<string, Held>();
  let before: Giving = { sources: [], layers: [] };
  return {
    holdOn(day, now) {
      const layers: Layer[] = [];
      // While every layer stays nothing ends, and there is nothing to be asked of any setting.
      if (held.size > 0 || before.layers.some((layer) => !now.layers.includes(layer)))
        for (const key of world.holds) {
          const lost = held.get(key) ?? endedOn(day, key, before, now, world);
          if (lost && staysHeld(key, lost, now, world)) {
            held.set(key, lost);
            layers.push(heldLayer(key, lost));
          } else held.delete(key);
        }
      before = now;
      return layers;
    },
  };
}

function heldLayer(key: string, { source, value, since }: Held): Layer {
  const { until: _, add: __, trial: ___, ...layer } = source.layer;
  return { ...layer, set: { [key]: value }, heldSince: since };
}

/** What gave a setting on the day before, when nothing of it gives the setting any more. */
function endedOn(day: Day, key: string, before: Giving, now: Giving, world: PreparedWorld): Held | undefined {
  const { value, layer } = foldSetting(world.settings, key, before.layers);
  const source = giverOf(layer, before);
  return source && !stillGives(key, source.giver, now.sources) ? { source, value, since: day } : undefined;
}

/** Who gives a value; nobody where it is a default, or taken by a stage. */
function giverOf(layer: Layer | undefined, { sources }: Giving): Source | undefined {
  const source = layer?.kind === 'stage' ? undefined : sources.find((candidate) => candidate.layer === layer);
  return source?.giver === nobody ? undefined : source;
}

/** Until its giver is back, something new names the setting, or the value is no loss. */
function staysHeld(key: string, lost: Held, now: Giving, world: PreparedWorld): boolean {
  if (stillGives(key, lost.source.giver, now.sources)) return false;
  const { value, layer } = foldSetting(world.settings, key, now.layers);
  const giving = giverOf(layer, now);
  const isNamedAnew = now.sources.some(
    ({ layer: said, since }) =>
      since >= lost.since && names(said, key) && (said.kind !== 'plan' || said === giving?.layer),
  );
  const setting = world.settings[key];
  const isNoLoss =
    setting !== undefined && (sameValue(value, lost.value) || isMoreFavourable(setting, value, lost.value));
  return !isNamedAnew && !isNoLoss;
}

const stillGives = (key: string, giver: string, sources: readonly Source[]): boolean =>
  sources.some((source) => source.giver === giver && names(source.layer, key));

const names = (layer: Layer, key: string): boolean =>
  (layer.set !== undefined && Object.hasOwn(layer.set, key)) ||
  (layer.add !== undefined && Object.hasOwn(layer.add, key));
