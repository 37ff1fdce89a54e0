import type { Settings } from '../../schemas/setting.ts';
import type { HeadPayload } from '../snapshot/head.ts';
import { type GetObjects, parseObject, readObject, readObjects } from '../snapshot/object.ts';
import { type Release, readRelease } from '../snapshot/release.ts';
import type { Rules } from '../terms/rules.ts';
import type { PlanLeaf } from '../terms/timeline.ts';
import { deepFreeze } from './deep-freeze.ts';
import type { Leaf } from './leaf.ts';
import { TermsError } from './terms-error.ts';

/** Finds a customer at once, where all are in memory, or when it has been read. */
export type Found = Leaf | undefined | Promise<Leaf | undefined>;

/** One release, verified. A newer release is another one: what is answered never mixes two. */
export interface OpenRelease<F extends Found = Found> {
  readonly head: HeadPayload;
  readonly tree: Release;
  readonly settings: Settings;
  readonly rules: Rules;
  readonly plans: ReadonlyMap<string, PlanLeaf>;
  /** @throws TermsError (`unknownPlan`) */
  plan(ref: string): PlanLeaf;
  /** By id or account id; undefined when the release has no such file. @throws SnapshotError */
  find(idOrAccount: string): F;
}

/** How the customers of a release are read; `before` is the release that was read until now. */
export type OpenCustomers<F extends Found> = (
  get: GetObjects,
  tree: Release,
  before: OpenRelease<F> | undefined,
) => Promise<OpenRelease<F>['find']>;

/**
 * Opens the release a head names: its plans, settings and rules, and its customers in their own way. What is the same in the
 * release before is not read again. What is answered from it is frozen: it is shared by everybody who asks.
 *
 * @throws SnapshotError
 */
export async function openRelease<F extends Found>(
  get: GetObjects,
  head: HeadPayload,
  customers: OpenCustomers<F>,
  before?: OpenRelease<F>,
): Promise<OpenRelease<F>> {
  if (before?.tree.root === head.root) return released({ ...before, head });
  const tree = await readRelease(get, head.root);
  const isSame = (part: 'catalogue' | 'rules'): boolean => before?.tree[part].hash === tree[part].hash;
  const settings =
    before && isSame('catalogue')
      ? before.settings
      : ((await readObject(get, tree.catalogue)) as { settings: Settings }).settings;
  const rules = before && isSame('rules') ? before.rules : ((await readObject(get, tree.rules)) as Rules);
  const plans = await readPlans(get, tree, before);
  const find = await customers(get, tree, before);
  return released({ head, tree, settings: deepFreeze(settings), rules: deepFreeze(rules), plans, find });
}

async function readPlans(get: GetObjects, tree: Release, before?: OpenRelease): Promise<Map<string, PlanLeaf>> {
  const refs = Object.entries(tree.plans);
  const known = new Map(
    refs.flatMap(([name, { hash }]) => {
      const leaf = before?.tree.plans[name]?.hash === hash ? before.plans.get(name) : undefined;
      return leaf ? [[name, leaf] as const] : [];
    }),
  );
  const absent = refs.flatMap(([name, ref]) => (known.has(name) ? [] : [ref]));
  const bytes = absent.length > 0 ? await readObjects(get, absent) : new Map<string, Uint8Array>();
  return new Map(
    refs.map(([name, { hash }]) => [
      name,
      known.get(name) ?? deepFreeze(parseObject(hash, bytes.get(hash) as Uint8Array) as PlanLeaf),
    ]),
  );
}

const released = <F extends Found>(parts: Omit<OpenRelease<F>, 'plan'>): OpenRelease<F> => ({
  ...parts,
  plan(ref) {
    const plan = parts.plans.get(ref);
    if (plan) return plan;
    throw new TermsError(
      'unknownPlan',
      `release ${parts.head.n} has no plan ${ref} (it has ${[...parts.plans.keys()].join(', ')})`,
    );
  },
});
