import { fold } from '../../runtime/terms/fold.ts';
import type { Access, Segment } from '../../runtime/terms/timeline.ts';
import type { Settings } from '../../schemas/setting.ts';
import { isTree } from '../compile/terms-tree.ts';

/** Effective values by path. What is absent has no path. */
export type Leaves = ReadonlyMap<string, unknown>;

/** Everything in force in a segment, value by value: plan, stage, every setting, terms and access. Lists are one value. */
export function flattenSegment({ plan, stage, layers, terms, access }: Segment, settings: Settings): Leaves {
  const leaves = new Map<string, unknown>([
    ['plan', plan],
    ['stage', stage],
  ]);
  const values = fold(settings, layers);
  for (const [key, path] of pathsOf(settings)) leaves.set(path, values[key]);
  addTree(leaves, 'terms', terms);
  addAccess(leaves, access);
  return leaves;
}

const known = new WeakMap<Settings, ReadonlyMap<string, string>>();

/** The paths of settings, one text each for everybody's. */
function pathsOf(settings: Settings): ReadonlyMap<string, string> {
  const paths = known.get(settings) ?? new Map(Object.keys(settings).map((key) => [key, `settings.${key}`]));
  known.set(settings, paths);
  return paths;
}

function addTree(leaves: Map<string, unknown>, path: string, value: unknown): void {
  if (isTree(value)) for (const key of Object.keys(value)) addTree(leaves, `${path}.${key}`, value[key]);
  else if (value !== null && value !== undefined) leaves.set(path, value);
}

/** A rule says the same whichever exception brings it. */
function addAccess(leaves: Map<string, unknown>, { groups, rules }: Access): void {
  for (const { name, ...group } of groups) {
    leaves.set(`access.groups.${name}`, true);
    addTree(leaves, `access.groups.${name}`, group);
  }
  for (const { action, group, exception: _, ...rule } of rules)
    leaves.set(group === undefined ? `access.rules.${action}` : `access.rules.${action}.${group}`, rule);
}
