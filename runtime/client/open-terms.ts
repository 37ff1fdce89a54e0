import { readFileSync } from 'node:fs';
import type { Settings } from '../../schemas/setting.ts';
import { readPinned } from '../snapshot/keyset.ts';
import { openStore } from '../stores/registry.ts';
import type { ReadStore } from '../stores/store.ts';
import { onDay } from '../terms/at.ts';
import { dayOf } from '../terms/days.ts';
import type { Timeline } from '../terms/timeline.ts';
import { type CustomerView, type Source, viewOf } from './customer-view.ts';
import { type FollowedPlan, followPlan, leavesBy, plansUpTo, segmentsOf } from './follow-plan.ts';
import { type Following, followReleases } from './follow-releases.ts';
import type { OpenRelease, TakenHead } from './open-release.ts';
import { boughtIn, checkBought, leftOpen, plansSelling, type Quantities } from './quantities.ts';
import { TermsError } from './terms-error.ts';

export interface OpenOptions {
  /** Where releases are: `file:./.proviso/store`. */
  store: string | ReadStore;
  /** Default: `local`. */
  environment?: string;
  /** Default: `stable`. */
  channel?: string;
  /** The name of this reader among all readers: with it, it follows the canaries it has a share in. Default: it follows none. */
  reader?: string;
  /** The channel of canaries. Default: `canary`; without a `reader` nobody looks there. */
  canary?: string;
  /** The keyset whose keys sign the releases: its file (`keys/1.json` of the repository of terms), or its bytes. */
  keys?: string | Uint8Array;
  /** Takes releases nobody signed, from anybody who can write to the store. Default: only in the environment `local`. */
  unsigned?: boolean;
  /** The clock: milliseconds since 1970. Default: the machine's. */
  now?: () => number;
}

/** What the caller knows of an account: its plan and what it bought. */
export interface Account<S extends Settings = Settings> {
  account: string;
  plan?: string;
  quantities?: Quantities<S>;
}

/** A reader of the release in force. */
export interface Terms<S extends Settings = Settings> {
  /** The number, root and commit of the release being read, and its channel: another one where it is a canary. */
  readonly release: { n: number; root: string; commit: string; issuedAt: string; channel: string };
  /** A customer by id or by account id; undefined when the release has no such file. */
  customer(idOrAccount: string): Promise<CustomerView<S> | undefined>;
  /**
   * An account by its plan and quantities. Where it has a file, the file's plan wins and the caller's is reported as drift.
   *
   * @throws TermsError for a quantity nobody can buy, and without a file for a plan that is missing or unknown.
   */
  account(account: Account<S>): Promise<CustomerView<S>>;
  /**
   * Reads the head again; true when another release is in force from now on: a newer one, or a canary that begins or ends.
   * Of each channel an older one is never taken.
   */
  refresh(): Promise<boolean>;
  /** Closes the store, also one that was opened by the caller. */
  close(): Promise<void>;
}

/**
 * Opens the release in force. Customers are read when they are asked for, every object verified.
 *
 * @throws TermsError when nothing is published yet or the release is not for this reader, StoreError when the store
 * cannot be read, SnapshotError when what it holds is damaged.
 */
export async function openTerms<S extends Settings = Settings>(options: OpenOptions): Promise<Terms<S>> {
  const { environment = 'local', channel = 'stable', reader, canary = 'canary', now = Date.now } = options;
  const store = typeof options.store === 'string' ? await openStore(options.store) : options.store;
  let following: Following;
  try {
    following = await followReleases(store, {
      environment,
      channel,
      ...(reader !== undefined && canary !== channel && { canary: { channel: canary, reader } }),
      trust: () => trustOf(options, environment),
      now,
    });
  } catch (error) {
    await store.close();
    throw error;
  }

  const view = (release: OpenRelease, timeline: Timeline, more: Partial<Source> = {}) =>
    viewOf<S>({ timeline, settings: release.settings, release: release.head.n, now, ...more });

  const accountIn = async (release: OpenRelease, { account, plan, quantities = {} }: Account<S>) => {
    const { settings } = release;
    const bought = boughtIn(quantities);
    const timeline = await release.timeline(account);
    if (timeline) {
      const plans = await plansSelling(release, timeline, bought);
      const day = dayOf(now());
      const selling = await plansUpTo(release.plan, timeline, plans, day);
      if (selling.length > 0) checkBought(selling, settings, leftOpen(onDay(timeline, day), bought));
      return view(release, timeline, {
        bought,
        plans,
        said: plan === undefined ? undefined : await known(release, plan),
      });
    }
    if (plan === undefined) throw new TermsError('planMissing', `${account} has no file; say its plan`);
    const followed = await followPlan(release.plan, plan);
    checkBought(leavesBy(followed, dayOf(now())), settings, bought);
    return view(release, { customer: account, segments: segmentsOf(followed, settings, bought) }, { given: plan });
  };

  return {
    get release() {
      const { n, root, commit, issuedAt, channel: from } = following.current.head;
      return { n, root, commit, issuedAt, channel: from };
    },
    customer: (idOrAccount) =>
      following.ask(async (release) => {
        const timeline = await release.timeline(idOrAccount);
        return timeline && view(release, timeline);
      }),
    account: (account) => following.ask((release) => accountIn(release, account)),
    refresh: () => following.refresh(),
    close: () => store.close(),
  };
}

function trustOf({ keys, unsigned }: OpenOptions, environment: string): TakenHead['trust'] {
  if (keys !== undefined) return readPinned(typeof keys === 'string' ? readFileSync(keys) : keys);
  if (unsigned ?? environment === 'local') return 'unsigned';
  throw new TermsError(
    'untrusted',
    `releases of ${environment} are checked with keys, and none were given: say \`keys\`, or \`unsigned: true\` for trying out`,
  );
}

/** A plan that only the caller may know: it is compared, and not read from. */
async function known(release: OpenRelease, given: string): Promise<FollowedPlan> {
  try {
    return await followPlan(release.plan, given);
  } catch (error) {
    if (error instanceof TermsError && error.code === 'unknownPlan') return { given, leaves: new Map() };
    throw error;
  }
}
