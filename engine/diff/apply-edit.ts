import type { Plan } from '../../schemas/plan.ts';
import type { Settings } from '../../schemas/setting.ts';
import { isTree } from '../compile/terms-tree.ts';
import type { Entry, World } from '../model.ts';
import type { Edit } from './find-edits.ts';

/** A world that is `world` but for one edited thing, which is as `source` has it. Nothing given is changed. */
export function applyEdit(world: World, edit: Edit, source: World): World {
  const { room, id, steps } = edit;
  if (room === 'settings') {
    const settings = placeIn(world.settings, steps, findIn(source.settings, steps)) as Settings;
    return { ...world, settings };
  }
  if (room === 'plan') {
    const plans = new Map(world.plans);
    const plan = edited<Plan>(world.plans.get(id), source.plans.get(id), steps);
    if (plan) plans.set(id, plan);
    else plans.delete(id);
    return { ...world, plans };
  }
  return { ...world, [room]: edited<unknown>(world[room], source[room], steps) };
}

function edited<T>(
  entry: Entry<T> | undefined,
  source: Entry<T> | undefined,
  steps: Edit['steps'],
): Entry<T> | undefined {
  if (steps.length === 0) return source;
  const file = entry ?? source;
  return file && { ...file, data: placeIn(entry?.data, steps, findIn(source?.data, steps)) as T };
}

function findIn(tree: unknown, steps: readonly string[]): unknown {
  let value = tree;
  for (const step of steps) value = isTree(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  return value;
}

/** A copy with another value there; undefined takes the key away. */
function placeIn(tree: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value;
  const copy: Record<string, unknown> = isTree(tree) ? { ...tree } : {};
  const placed = placeIn(copy[step], rest, value);
  if (placed === undefined) delete copy[step];
  else copy[step] = placed;
  return copy;
}
