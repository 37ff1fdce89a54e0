import { publish } from '../../../engine/publish/publish.ts';
import type { Signing } from '../../../engine/publish/signing.ts';
import { assembleSnapshot, type Snapshot } from '../../../runtime/snapshot/release.ts';
import type { WriteStore } from '../../../runtime/stores/store.ts';
import type { Terms, Timeline } from '../../../runtime/terms/timeline.ts';
import { settings } from '../../../schemas/settings.ts';

/** The settings the crowd has: those of the sample company. */
export type Product = typeof settings;

export const nameOf = (index: number): string => `customer-${index}`;

/** No two customers have the same; `more` makes it another one for all. */
export const seatsOf = (index: number, more = 0): number => index + 1 + more;

const shortTerms: Terms = { billing: { method: 'invoice' }, support: { firstResponseHours: 8 }, contract: null };

const leafOf = (index: number, more: number, terms: Terms): Timeline => ({
  customer: nameOf(index),
  segments: [
    {
      from: null,
      plan: 'studio@2',
      stage: 'active',
      layers: [
        { kind: 'plan', id: 'studio@2', set: { apiCalls: 50_000, sso: false, clientInvoicing: true } },
        { kind: 'exception', id: `EX-${index}`, set: { seats: seatsOf(index, more), sso: true } },
      ],
      terms,
      access: { groups: [], rules: [] },
    },
  ],
});

/** Customers of which each has something of its own; of a release after the first, `changed` have something else. */
export const crowdSnapshot = (customers: number, changed = 0, more = 0, terms = shortTerms): Snapshot =>
  assembleSnapshot({
    customers: (function* () {
      for (let index = 0; index < customers; index += 1)
        yield { id: nameOf(index), leaf: leafOf(index, index < changed ? more : 0, terms) };
    })(),
    plans: {},
    catalogue: { v: 1, settings },
    rules: {},
  });

/** Publishes into a store for `openTerms({ store })`; commits are `c1`, `c2` … in their order. */
export async function publishCrowd(
  store: WriteStore,
  commit: string,
  snapshot: Snapshot,
  signing?: Signing,
): Promise<void> {
  const { outcome } = await publish(
    {
      store,
      now: () => new Date(),
      pause: async () => {},
      ancestry: async () => 'ancestor',
      assemble: () => snapshot,
      ...(signing && { signing }),
    },
    {
      repo: 'bench',
      env: 'local',
      channel: 'stable',
      staleAfterMs: 7_200_000,
      commit,
      policyDigest: 'none',
      evidence: 'none',
    },
  );
  if (outcome !== 'published') throw new Error(`publish ended with ${outcome}`);
}
