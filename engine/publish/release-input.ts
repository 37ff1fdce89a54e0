import type { SnapshotInput } from '../../runtime/snapshot/release.ts';
import type { Segment, Timeline } from '../../runtime/terms/timeline.ts';
import type { Customer } from '../../schemas/customer.ts';
import { mergeEqual } from '../compile/merge-equal.ts';
import type { PreparedWorld } from '../compile/prepare-world.ts';
import type { Entry, Model } from '../model.ts';

type Leaf = SnapshotInput['customers'] extends Iterable<infer Each> ? Each : never;

/** Compiled customers, one after the other or all at once; who does not come with its file is looked for in the model. */
interface Customers {
  world: PreparedWorld;
  customers: Iterable<readonly [id: string, compiled: { timeline?: Timeline }, entry?: Entry<Customer>]>;
}

/**
 * Everything a release holds: a timeline for each customer, a leaf for each plan version, the settings and the rules.
 * Timelines hold no personal data; what support needs beside them is the record.
 */
export function releaseInput(model: Model, { world, customers }: Customers): SnapshotInput {
  const { settings, roles, onboarding, lifecycle } = model.world;
  return {
    customers: leavesOf(model, customers),
    plans: Object.fromEntries([...world.plans].map(([ref, plan]) => [ref, { v: 1, ...plan }])),
    catalogue: { v: 1, settings },
    rules: {
      v: 1,
      roles: roles?.data.roles ?? {},
      onboarding: onboarding?.data.details ?? {},
      lifecycle: lifecycle?.data.stages ?? {},
    },
  };
}

function* leavesOf(model: Model, customers: Customers['customers']): Generator<Leaf> {
  for (const [id, { timeline }, entry = model.customers.get(id)] of customers) {
    if (!timeline || !entry) continue;
    const record = { file: entry.data, path: entry.document.path, v: 1 };
    yield { id, ...(timeline.account && { account: timeline.account }), leaf: leafOf(timeline), record };
  }
}

/** A timeline as readers get it: without the people support writes to. */
export function leafOf(timeline: Timeline): Timeline & { v: 1 } {
  const named = timeline.segments.some(({ terms }) => terms.support.contacts !== undefined);
  const segments = named ? mergeEqual(Array.from(timeline.segments, withoutPeople)) : timeline.segments;
  const { account, customer } = timeline;
  // In the order in which it is spelled, as most of a timeline is: then little of it has to be sorted.
  return account === undefined ? { customer, segments, v: 1 } : { account, customer, segments, v: 1 };
}

function withoutPeople(segment: Segment): Segment {
  const { contacts: _, ...support } = segment.terms.support;
  return { ...segment, terms: { ...segment.terms, support } };
}
