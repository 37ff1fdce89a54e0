import { resolve } from 'node:path';
import type { Settings } from '../../schemas/setting.ts';
import type { HeadPayload } from '../snapshot/head.ts';
import { type OnHint, type ReadStore, StoreError } from '../stores/store.ts';
import { checkOptions } from './check-options.ts';
import { type Clock, forwardClock } from './clock.ts';
import { type FollowedRelease, followReleases } from './follow-releases.ts';
import { holdCustomers } from './hold-customers.ts';
import { keepFollowing } from './keep-following.ts';
import { keepMoments } from './keep-moments.ts';
import { keepTime } from './keep-time.ts';
import { openLastKnownGood } from './last-known-good.ts';
import type { Leaf } from './leaf.ts';
import { listenersOf } from './listeners.ts';
import { openOptions } from './open-options.ts';
import { openPlace, type PlacedStore } from './open-place.ts';
import type { Found, OpenCustomers, OpenRelease } from './open-release.ts';
import { READER } from './read-head.ts';
import { heldTerms, lazyTerms } from './readers.ts';
import { rememberedTime } from './remembered-time.ts';
import { type Reporting, type ReportOptions, reportRelease, type Served } from './report-release.ts';
import { seekCustomers } from './seek-customers.ts';
import { tellFreshness } from './tell-freshness.ts';
import type { Following, LazyTerms, Terms } from './terms.ts';
import { TermsError } from './terms-error.ts';
import { trustOf } from './trust-of.ts';
import type { Moment } from './view-customers.ts';
import { atMost } from './with-deadline.ts';

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
  /**
   * A folder of this machine where what was read last is kept, verified: from there it starts while the store cannot be
   * read, and goes on from where it was. Processes may share one. Default: nothing is kept.
   */
  cache?: string;
  /** A store that was put into this machine's image (`proviso bundle`), to start from where nothing else can be read. */
  bundle?: string | ReadStore;
  /** A machine that has never read a release takes none below this number. */
  atLeast?: number;
  /**
   * `whole`: all customers are in memory, and answers come at once. `lazy`: they are read when they are asked for, and the
   * last `keep` of them are kept. Default: `whole`.
   */
  load?: 'whole' | 'lazy';
  /** With `lazy`: how many customers are kept. Default: 10,000. */
  keep?: number;
  /**
   * What settings with a `whenStale` value answer while the data is too old: that value, or what was published last. Default:
   * `safeValues`.
   */
  stale?: 'safeValues' | 'asPublished';
  /** Goes on to newer releases by itself. Default: true. */
  follow?: boolean;
  /** Milliseconds between two looks at a store that has nothing to tell, 1 to 86,400,000. Default: 30,000. */
  poll?: number;
  /**
   * Reports to the store which release is served, for `proviso status --clients` and `proviso wait`; the store must let it
   * (docs/stores.md), and where it does not all else goes on. Default: nothing is reported.
   */
  report?: ReportOptions;
  /** Told what goes wrong from the start on; see also `onTrouble` of what is opened. */
  onTrouble?: (error: Error) => void;
  /**
   * The clock: milliseconds since 1970, taken at its word. Default: the machine's, which never goes back while this runs, and
   * is never before the release that is read was signed.
   */
  now?: () => number;
}

/** How long closing waits for stores, in milliseconds. */
const WITHIN_AT_CLOSE = 1_000;

/**
 * Opens the release in force, and goes on to newer ones until it is closed. Where the store cannot be read, what the cache or
 * the bundle holds is opened; nothing is ever answered that was not published.
 *
 * @throws RangeError for an option that is wrong, or that there is not; TermsError when nothing is published yet, the release
 * is not for this reader or `keys` are none; StoreError when the store cannot be read, SnapshotError when what it holds is damaged.
 */
export function openTerms<S extends Settings = Settings>(
  options: OpenOptions & { load: 'lazy' },
): Promise<LazyTerms<S>>;
export function openTerms<S extends Settings = Settings>(options: OpenOptions): Promise<Terms<S>>;
export async function openTerms<S extends Settings = Settings>(options: OpenOptions): Promise<Terms<S> | LazyTerms<S>> {
  checkOptions('openTerms', options, openOptions);
  if (options.load === 'lazy') {
    return lazyTerms(await open<S, Promise<Leaf | undefined>>(options, seekCustomers(options.keep ?? 10_000)));
  }
  return heldTerms(await open<S, Leaf | undefined>(options, holdCustomers));
}

/** What both ways of reading customers share. */
export interface Open<S extends Settings, F extends Found> {
  following: Following<S>;
  /** The release and the day it is now. */
  moment(): Moment<F>;
  /** The same with another release, which was asked instead. */
  momentOf(release: OpenRelease<F>): Moment<F>;
  ask: FollowedRelease<F>['ask'];
}

async function open<S extends Settings, F extends Found>(
  options: OpenOptions,
  customers: OpenCustomers<F>,
): Promise<Open<S, F>> {
  const { environment = 'local', channel = 'stable', reader, canary = 'canary', cache, atLeast, now } = options;
  const clock: Clock = now ? { now, atLeast: () => {}, behind: () => 0 } : forwardClock(() => Date.now());
  let closing: Promise<void> | undefined;
  // Nobody is left to tell what whoever is told of trouble throws.
  const troubles = listenersOf<Error>(() => {});
  if (options.onTrouble) troubles.add(options.onTrouble);
  const onTrouble = (error: unknown): void => {
    if (!closing) troubles.tell(error instanceof Error ? error : new Error(String(error)));
  };
  const store = await openPlace('store', options.store);
  let bundle: PlacedStore | undefined;
  // A store that hangs does so while it is closed too.
  const close = (): Promise<void> => atMost(Promise.all([store.close(), bundle?.close()]), WITHIN_AT_CLOSE);
  const remembered = cache === undefined || now ? undefined : rememberedTime(resolve(cache));
  clock.atLeast(remembered?.read(clock.now()) ?? Number.NEGATIVE_INFINITY);
  const canaries = reader !== undefined && canary !== channel ? { channel: canary, reader } : undefined;
  let followed: FollowedRelease<F>;
  let reporting: Reporting | undefined;
  try {
    if (options.bundle !== undefined) bundle = await openPlace('bundle', options.bundle);
    reporting = options.report && startReporting(options.report);
    followed = await followReleases({
      store,
      customers,
      isLazy: options.load === 'lazy',
      disk: cache === undefined ? undefined : await openLastKnownGood(cache, Date.now),
      bundle,
      onTrouble,
      rules: {
        environment,
        channel,
        ...(canaries && { canary: canaries }),
        ...(atLeast !== undefined && { atLeast }),
        trust: () => trustOf(options, environment),
        now: () => clock.now(),
        onRefused: (message, reason) => onTrouble(new TermsError(reason, message)),
      },
    });
  } catch (error) {
    await close().catch(() => {});
    throw error;
  }
  const freshness = tellFreshness(followed, clock);

  function startReporting(report: ReportOptions): Reporting | undefined {
    const { reports } = store;
    if (!reports) onTrouble(new StoreError('unsuitable', 'this store takes no reports of clients'));
    const served = (): Served => ({
      ...servedOf(followed),
      ...(canaries && { follows: canaries }),
      channel,
      source: followed.origin,
      state: freshness.of(followed.current.head.n).state,
    });
    const tools = { env: environment, served, now: () => clock.now(), onTrouble };
    return reports && reportRelease(report, { reports, ...tools });
  }

  clock.atLeast(freshness.issuedAt());
  const isAsPublished = options.stale === 'asPublished';
  const moments = keepMoments<S, F>({ followed, freshness, clock, isAsPublished, onTrouble });
  reporting?.look();
  const refresh = async (news?: readonly string[]): Promise<boolean> => {
    const isAnother = await followed.refresh(news);
    clock.atLeast(freshness.issuedAt());
    moments.move();
    reporting?.look();
    return isAnother;
  };

  const isFollowing = options.follow ?? true;
  const stopTime = isFollowing ? keepTime({ clock, moments, remembered, onTrouble }) : () => {};
  const stopLooking = isFollowing
    ? keepFollowing({
        look: refresh,
        watch:
          store.watch && ((onHint) => watchAll(store, environment, [channel, ...(reader ? [canary] : [])], onHint)),
        every: options.poll ?? 30_000,
        isBehind: followed.origin !== 'store',
        onFailure: onTrouble,
      })
    : () => {};

  return {
    moment:
      now || !isFollowing
        ? () => {
            // Without a timer of its own, and by a clock that may say anything, time is looked at with every question.
            moments.move();
            return moments.current();
          }
        : moments.current,
    momentOf: moments.of,
    ask: (answer) => followed.ask(answer),
    following: {
      onChange: moments.changes.onChange,
      onEnding: moments.changes.onEnding,
      onRelease: moments.releases.add,
      onTrouble: troubles.add,
      refresh: () => refresh(),
      close: () => {
        closing ??= (async () => {
          stopTime();
          moments.close();
          try {
            stopLooking();
            await reporting?.close();
          } finally {
            await close();
          }
        })();
        return closing;
      },
    },
  };
}

/** The newest release for everybody, and the canary that is served in its place. */
function servedOf({ newest: { payload }, current: { head } }: Pick<FollowedRelease<Found>, 'newest' | 'current'>) {
  const named = ({ n: release, epoch, root }: HeadPayload) => ({ release, epoch, root });
  const isCanary = head.channel !== payload.channel;
  return { ...named(payload), reader: READER, ...(isCanary && { canary: { channel: head.channel, ...named(head) } }) };
}

function watchAll(store: ReadStore, env: string, channels: readonly string[], onHint: OnHint): () => void {
  const stops: (() => void)[] = [];
  const stop = (): void => {
    for (const each of stops) each();
  };
  try {
    for (const channel of channels) stops.push(store.watch?.(env, channel, onHint) ?? (() => {}));
  } catch (error) {
    stop();
    throw error;
  }
  return stop;
}
