import { compareOrder } from '../snapshot/head.ts';
import { type GetObjects, SnapshotError } from '../snapshot/object.ts';
import { readThrough } from '../snapshot/read-through.ts';
import { StoreError } from '../stores/store.ts';
import type { Origin } from './freshness.ts';
import type { LastKnownGood } from './last-known-good.ts';
import type { PlacedStore } from './open-place.ts';
import { type Found, type OpenCustomers, type OpenRelease, openRelease } from './open-release.ts';
import { readAhead } from './read-ahead.ts';
import type { HeadStore, TakenHead } from './read-head.ts';
import { chooseHead, type HeadRules, type Heads, isBehind, readHeads } from './read-heads.ts';
import { inTime, withDeadline } from './with-deadline.ts';

/** How long a store may take for one answer. */
const WITHIN = 10_000;
/** The same at the start of a reader that has something else to start from. */
const WITHIN_AT_START = 800;

/** What was found beside the store. */
interface Fallback {
  origin: Origin;
  heads: Heads;
  get: GetObjects;
}

export interface Followed<F extends Found> {
  store: PlacedStore;
  rules: HeadRules;
  customers: OpenCustomers<F>;
  /** What is read is kept there, and read from there where the store cannot be. */
  disk?: LastKnownGood | undefined;
  /** The last resort, as it was when the image of this machine was built. */
  bundle?: PlacedStore | undefined;
  /** Customers are read when asked for: a first copy on the disk is made beside that. */
  isLazy: boolean;
  /** Told what went wrong while there is something to go on with. */
  onTrouble(error: unknown): void;
}

/** The release being read: what is in force for everybody, or a canary in its place. */
export interface FollowedRelease<F extends Found> {
  readonly current: OpenRelease<F>;
  readonly origin: Origin;
  /** When the store last gave what is in force, whole, in milliseconds since 1970. */
  readonly answeredAt: number | undefined;
  /** The newest word of whoever publishes for everybody: a canary is as fresh as what it is over. */
  readonly newest: TakenHead;
  /** Answers from the current release; of a canary that turns out to be damaged, from what everybody has. */
  ask<T>(answer: (release: OpenRelease<F>) => Promise<T>): Promise<T>;
  /**
   * Reads the heads again; true when another release is read from now on. `news` are objects that are likely to be needed for
   * that, and read meanwhile.
   *
   * @throws TermsError, StoreError, SnapshotError
   */
  refresh(news?: readonly string[]): Promise<boolean>;
}

interface Opened<F extends Found> {
  hash: string;
  release: OpenRelease<F>;
}

/**
 * Opens the release in force and goes on to newer ones. Where the store cannot be read at the start, the newest that lies on
 * the disk is opened, and where there is none the bundle.
 *
 * @throws TermsError, StoreError, SnapshotError about what is in force for everybody.
 */
export async function followReleases<F extends Found>(followed: Followed<F>): Promise<FollowedRelease<F>> {
  const { store, rules, customers, disk, bundle, isLazy, onTrouble } = followed;
  /** Hash of the head of a canary that was found damaged; the next head of its channel is another attempt. */
  let damaged: string | undefined;
  let answeredAt: number | undefined;

  const choose = (heads: Heads): TakenHead => chooseHead(heads, rules, damaged);

  let within = WITHIN;
  const inGoodTime = withDeadline(store, () => within);
  /** What of the store lies on the disk is not asked of it. */
  const through = (get: GetObjects): GetObjects => (disk ? disk.through(get) : get);
  const primary: HeadStore = { getHead: inGoodTime.getHead, get: through(inGoodTime.get), where: store.where };

  function readNews(news: readonly string[]): HeadStore {
    if (news.length === 0 || news.includes(opened.release.tree.root)) return primary;
    const place = { env: rules.environment, channel: rules.channel };
    const ahead = readAhead(inGoodTime, {
      // Of customers that are read when asked for only the root is looked at now, which comes first.
      hashes: isLazy && !disk ? news.slice(0, 1) : news,
      // The head of a canary has to be read before.
      place: rules.canary ? undefined : place,
      through,
    });
    return { ...ahead, where: store.where };
  }

  async function open(from: Heads, get: GetObjects, before?: OpenRelease<F>): Promise<Opened<F>> {
    const { hash, payload } = choose(from);
    try {
      return { hash, release: await openRelease(get, payload, customers, before) };
    } catch (error) {
      const isTrouble = error instanceof SnapshotError || error instanceof StoreError;
      if (!isTrouble || hash === from.stable.hash) throw error;
      onTrouble(error);
      if (error instanceof SnapshotError) damaged = hash;
      return { hash: from.stable.hash, release: await openRelease(get, from.stable.payload, customers, before) };
    }
  }

  let keeping: Promise<void> = Promise.resolve();
  /** One after the other; it never fails. */
  function keep(from: Heads, hash: string): Promise<void> {
    keeping = keepAfter(keeping, from, hash);
    return keeping;
  }
  async function keepAfter(others: Promise<void>, from: Heads, hash: string): Promise<void> {
    await others;
    try {
      await disk?.keep(primary.get, from.stable);
      if (from.canary?.hash === hash) await disk?.keep(primary.get, from.canary);
    } catch (error) {
      onTrouble(error);
    }
  }

  /** What can be started from without the store, newest first. */
  async function readElsewhere(): Promise<Fallback[]> {
    const from = async (origin: Origin, place: HeadStore): Promise<Fallback[]> => {
      try {
        return [{ origin, heads: asKept(await readHeads(place, rules)), get: place.get }];
      } catch (error) {
        // Another environment, an older reader's format, or a damaged disk: it is as if nothing were there.
        onTrouble(error);
        return [];
      }
    };
    const kept: Fallback[] = [];
    try {
      for await (const place of disk?.generations(rules.environment, rules.channel) ?? [])
        kept.push(...(await from('disk', place)));
    } catch (error) {
      onTrouble(error);
    }
    // What was written last says of which repository the cache is, where no keys do.
    const repo = kept[0]?.heads.stable.payload.repo;
    const own = kept.filter((each) => isOfRepo(each, repo));
    if (bundle) own.push(...(await from('bundle', bundle)));
    return own.sort((a, b) => compareOrder(b.heads.stable.payload, a.heads.stable.payload));
  }

  let origin: Origin = 'store';
  let heads: Heads;
  let opened: Opened<F>;

  /** A first copy on the disk is made beside everything else where customers are read lazily: nothing waits for it. */
  let isCopied = !isLazy;
  async function keepFirst(from: Heads, hash: string): Promise<void> {
    await keep(from, hash);
    isCopied = true;
  }
  const fallbacks = await readElsewhere();
  const [newest] = fallbacks;
  let usable = fallbacks;
  try {
    within = newest ? WITHIN_AT_START : WITHIN;
    const reading = readHeads(primary, rules, newest?.heads);
    heads = newest ? await inTime(reading, within) : await reading;
    const { repo } = heads.stable.payload;
    // Without keys only the store says of which repository this is; nothing of another is started from.
    usable = fallbacks.filter((each) => isOfRepo(each, repo));
    // A head that comes before what is here was not taken, and says nothing about what is.
    if (newest && heads.stable === newest.heads.stable) origin = newest.origin;
    opened = await open(heads, primary.get);
    answeredAt = rules.now();
    const copied = keepFirst(heads, opened.hash);
    if (!isLazy) await copied;
  } catch (error) {
    const [from, ...older] = usable;
    if (!from) throw error;
    onTrouble(error);
    ({ origin, heads, opened } = await openFirst([from, ...older], error));
    isCopied = true;
  } finally {
    within = WITHIN;
  }

  /** The newest that is whole. */
  async function openFirst(places: readonly Fallback[], cause: unknown) {
    for (const place of places)
      try {
        // A disk may hold only part of a release whose customers are read when they are asked for.
        const get = isLazy ? readThrough(place.get, primary.get) : place.get;
        return { origin: place.origin, heads: place.heads, opened: await open(place.heads, get) };
      } catch (error) {
        onTrouble(error);
      }
    throw cause;
  }

  return {
    get current() {
      return opened.release;
    },
    get origin() {
      return origin;
    },
    get answeredAt() {
      return answeredAt;
    },
    get newest() {
      return heads.stable;
    },
    async ask(answer) {
      for (;;) {
        const asked = opened;
        try {
          return await answer(asked.release);
        } catch (error) {
          const isCanary = rules.canary !== undefined && asked.release.head.channel === rules.canary.channel;
          if (!(error instanceof SnapshotError) || !isCanary) throw error;
          onTrouble(error);
          if (asked.hash === heads.canary?.hash) damaged = asked.hash;
          const instead = await open(heads, primary.get);
          if (opened === asked) opened = instead;
        }
      }
    },
    async refresh(news = []) {
      const ahead = readNews(news);
      const next = await readHeads(ahead, rules, heads);
      const isAnother = choose(next).hash !== opened.hash;
      const then = isAnother ? await open(next, ahead.get, opened.release) : opened;
      answeredAt = rules.now();
      // First it is kept: what was served once is never followed by something older, not even after a restart.
      if (isAnother || next.stable.hash !== heads.stable.hash) {
        const kept = keep(next, then.hash);
        if (isCopied) await kept;
      }
      // Another refresh may have been faster.
      if (isBehind(next, heads)) return false;
      if (next.stable !== heads.stable) origin = 'store';
      heads = next;
      if (then.hash === opened.hash) return false;
      opened = then;
      return true;
    },
  };
}

const isOfRepo = ({ heads: { stable } }: Pick<Fallback, 'heads'>, repo: string | undefined): boolean =>
  stable.trust !== 'unsigned' || stable.payload.repo === repo;

/** A canary is held against what is kept of everybody's. */
const asKept = ({ stable, canary, ...rest }: Heads): Heads => ({
  ...rest,
  stable: { ...stable, isKept: true },
  ...(canary && { canary: { ...canary, isKept: true } }),
});
