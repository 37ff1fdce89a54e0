import { readFileSync } from 'node:fs';
import type { Settings } from '../../schemas/setting.ts';
import { readPinned } from '../snapshot/keyset.ts';
import { openStore } from '../stores/registry.ts';
import type { ReadStore } from '../stores/store.ts';
import { dayOf } from '../terms/days.ts';
import type { Timeline } from '../terms/timeline.ts';
import { type Clock, forwardClock } from './clock.ts';
import { type FollowedRelease, followReleases } from './follow-releases.ts';
import type { Freshness } from './freshness.ts';
import { holdCustomers } from './hold-customers.ts';
import { keepFollowing } from './keep-following.ts';
import { openLastKnownGood } from './last-known-good.ts';
import type { Found, OpenCustomers, OpenRelease } from './open-release.ts';
import type { TakenHead } from './read-head.ts';
import { heldTerms, lazyTerms, nameOf } from './readers.ts';
import { seekCustomers } from './seek-customers.ts';
import { tellChanges } from './tell-changes.ts';
import type { Following, LazyTerms, ReleaseName, Terms } from './terms.ts';
import { TermsError } from './terms-error.ts';
import type { Moment } from './view-customers.ts';

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
  /** Goes on to newer releases by itself. Default: true. */
  follow?: boolean;
  /** Milliseconds between two looks at a store that has nothing to tell. Default: 30,000. */
  poll?: number;
  /** Told what goes wrong from the start on; see also `onTrouble` of what is opened. */
  onTrouble?: (error: Error) => void;
  /**
   * The clock: milliseconds since 1970, taken at its word. Default: the machine's, which never goes back while this runs, and
   * is never before the release that is read was signed.
   */
  now?: () => number;
}

/** A store that has not answered for so long is told as unreachable; in milliseconds. */
const UNREACHABLE = 900_000;
/** How far a machine's clock may be behind before it is told; in milliseconds. */
const CLOCK_SKEW = 300_000;
const DAY = 86_400_000;

/**
 * Opens the release in force, and goes on to newer ones until it is closed. Where the store cannot be read, what the cache or
 * the bundle holds is opened; nothing is ever answered that was not published.
 *
 * @throws TermsError when nothing is published yet or the release is not for this reader, StoreError when the store
 * cannot be read, SnapshotError when what it holds is damaged.
 */
export function openTerms<S extends Settings = Settings>(
  options: OpenOptions & { load: 'lazy' },
): Promise<LazyTerms<S>>;
export function openTerms<S extends Settings = Settings>(options: OpenOptions): Promise<Terms<S>>;
export async function openTerms<S extends Settings = Settings>(options: OpenOptions): Promise<Terms<S> | LazyTerms<S>> {
  if (options.load === 'lazy') {
    return lazyTerms(await open<S, Promise<Timeline | undefined>>(options, seekCustomers(options.keep ?? 10_000)));
  }
  return heldTerms(await open<S, Timeline | undefined>(options, holdCustomers));
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
  const troubled = new Set<(error: Error) => void>(options.onTrouble ? [options.onTrouble] : []);
  const tellTrouble = (error: unknown): void => {
    for (const tell of troubled) tell(error instanceof Error ? error : new Error(String(error)));
  };
  const store = await opened(options.store);
  const bundle = options.bundle === undefined ? undefined : await opened(options.bundle);
  const close = async (): Promise<void> => {
    await Promise.all([store.close(), bundle?.close()]);
  };
  let followed: FollowedRelease<F>;
  try {
    followed = await followReleases({
      store,
      customers,
      isLazy: options.load === 'lazy',
      disk: cache === undefined ? undefined : await openLastKnownGood(cache, () => clock.now()),
      bundle,
      onTrouble: tellTrouble,
      rules: {
        environment,
        channel,
        ...(reader !== undefined && canary !== channel && { canary: { channel: canary, reader } }),
        ...(atLeast !== undefined && { atLeast }),
        trust: () => trustOf(options, environment),
        now: () => clock.now(),
        onRefused: (message) => tellTrouble(new TermsError('older', message)),
      },
    });
  } catch (error) {
    await close();
    throw error;
  }

  // Parsed once for each head: freshness is asked for with every answer.
  let instants = { of: followed.newest, issued: 0, staleAfter: 0 };
  const readInstants = (): typeof instants => {
    const { issuedAt, staleAfter } = followed.newest.payload;
    instants = { of: followed.newest, issued: Date.parse(issuedAt), staleAfter: Date.parse(staleAfter) };
    return instants;
  };
  readInstants();
  const instantsNow = (): typeof instants => (instants.of === followed.newest ? instants : readInstants());
  const freshnessOf = (release: number): Freshness => ({
    release,
    get source() {
      return followed.origin;
    },
    get age() {
      return Math.max(0, clock.now() - instantsNow().issued);
    },
    get lastAnswer() {
      return followed.answeredAt === undefined ? undefined : Math.max(0, clock.now() - followed.answeredAt);
    },
    get state() {
      if (isStale()) return 'stale';
      const { answeredAt } = followed;
      return answeredAt === undefined || clock.now() - answeredAt > UNREACHABLE ? 'unreachable' : 'fresh';
    },
    get isClockBehind() {
      return clock.behind() > CLOCK_SKEW;
    },
  });
  // What nobody signed, nobody confirms either.
  const isStale = (): boolean => followed.newest.trust !== 'unsigned' && clock.now() > instantsNow().staleAfter;
  const momentOf = (release: OpenRelease<F>): Moment<F> => ({
    release,
    day: dayOf(clock.now()),
    isStale: isStale(),
    freshness: freshnessOf(release.head.n),
  });

  clock.atLeast(instantsNow().issued);
  let current = momentOf(followed.current);
  const changes = tellChanges<S>(() => current, tellTrouble);
  const releases = new Set<(release: ReleaseName) => void>();

  /** One step at a time, so that each listener is told what the step was. */
  function move(): void {
    const next = momentOf(followed.current);
    if (next.release !== current.release) {
      step({ ...current, release: next.release, freshness: next.freshness });
      for (const tell of releases) tell(nameOf(next.release));
    }
    if (next.day !== current.day) step({ ...current, day: next.day });
    if (next.isStale !== current.isStale) step({ ...current, isStale: next.isStale });
  }
  function step(next: Moment<F>): void {
    const before = current;
    current = next;
    changes.moved(before, next);
  }
  async function refresh(): Promise<boolean> {
    const isAnother = await followed.refresh();
    clock.atLeast(instantsNow().issued);
    move();
    return isAnother;
  }

  let tick: NodeJS.Timeout | undefined;
  const keepTime = (): void => {
    move();
    // Days begin on the second, also after the machine slept or its clock was set.
    tick = setTimeout(keepTime, Math.min(1_000, DAY - (clock.now() % DAY)));
    tick.unref();
  };
  const isFollowing = options.follow ?? true;
  if (isFollowing) keepTime();
  const stop = isFollowing
    ? keepFollowing({
        look: refresh,
        watch:
          store.watch && ((onHint) => watchAll(store, environment, [channel, ...(reader ? [canary] : [])], onHint)),
        every: options.poll ?? 30_000,
        onFailure: tellTrouble,
      })
    : () => {};

  return {
    moment: () => {
      // Without a timer of its own, and by a clock that may say anything, time is looked at with every question.
      if (now || !isFollowing) move();
      return current;
    },
    momentOf,
    ask: (answer) => followed.ask(answer),
    following: {
      onChange: changes.onChange,
      onEnding: changes.onEnding,
      onRelease: (listener) => add(releases, listener),
      onTrouble: (listener) => add(troubled, listener),
      refresh,
      close: async () => {
        stop();
        clearTimeout(tick);
        await close();
      },
    },
  };
}

const opened = async (store: string | ReadStore): Promise<ReadStore> =>
  typeof store === 'string' ? await openStore(store) : store;

function add<T>(listeners: Set<(what: T) => void>, listener: (what: T) => void): () => void {
  const tell = (what: T): void => listener(what);
  listeners.add(tell);
  return () => void listeners.delete(tell);
}

function watchAll(store: ReadStore, env: string, channels: readonly string[], onHint: () => void): () => void {
  const stops = channels.map((channel) => store.watch?.(env, channel, onHint));
  return () => {
    for (const stop of stops) stop?.();
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
