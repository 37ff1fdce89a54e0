import type { Settings } from '../../schemas/setting.ts';
import type { HeadPayload } from '../snapshot/head.ts';
import { type GetObjects, parseObject, readObject, readObjects } from '../snapshot/object.ts';
import { type Release, readRelease } from '../snapshot/release.ts';
import type { Rules } from '../terms/rules.ts';
import type { PlanLeaf, Timeline } from '../terms/timeline.ts';
import { TermsError } from './terms-error.ts';

/** Finds a customer at once, where all are in memory, or when it has been read. */
export type Found = Timeline | undefined | Promise<Timeline | undefined>;

/** One release, verified. A newer release is another one: what is answered never mixes two. */
export interface OpenRelease<F extends Found = Found> {
  readonly head: HeadPayload;
  readonly tree: Release;
  readonly settings: Settings;
  readonly rules: Rules;
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

/** Opens the release a head names: its plans, settings and rules, and its customers in their own way. @throws SnapshotError */
export async function openRelease<F extends Found>(
  get: GetObjects,
  head: HeadPayload,
  customers: OpenCustomers<F>,
  before?: OpenRelease<F>,
): Promise<OpenRelease<F>> {
  const tree = await readRelease(get, head.root);
  const { settings } = (await readObject(get, tree.catalogue)) as { settings: Settings };
  const rules = (await readObject(get, tree.rules)) as Rules;
  const refs = Object.entries(tree.plans);
  const bytes = await readObjects(
    get,
    refs.map(([, ref]) => ref),
  );
  const plans = new Map(
    refs.map(([name, { hash }]) => [name, parseObject(hash, bytes.get(hash) as Uint8Array) as PlanLeaf]),
  );
  return {
    head,
    tree,
    settings,
    rules,
    plan(ref) {
      const plan = plans.get(ref);
      if (plan) return plan;
      throw new TermsError(
        'unknownPlan',
        `release ${head.n} has no plan ${ref} (it has ${[...plans.keys()].join(', ')})`,
      );
    },
    find: await customers(get, tree, before),
  };
}
