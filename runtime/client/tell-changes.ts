import type { Settings } from '../../schemas/setting.ts';
import { addDays } from '../terms/days.ts';
import type { Day, Timeline } from '../terms/timeline.ts';
import { callSafely } from './call-safely.ts';
import type { Change, Ending } from './changes.ts';
import { checkDays, checkListener } from './check-asked.ts';
import { compareViews } from './compare-views.ts';
import { endingsOf } from './endings-of.ts';
import { everyCustomer, heldDifferences, isHeld } from './hold-customers.ts';
import { timelineOf } from './leaf.ts';
import type { OpenRelease } from './open-release.ts';
import type { Stop } from './terms.ts';
import { type Moment, viewCustomer } from './view-customers.ts';

/** Customers that are looked at before others get their turn. */
const AT_ONCE = 2_000;
/** After so many days at once every customer is looked at: to seek those that change on each of them would take longer. */
const MANY_DAYS = 30;
/** What stands in the leaf of whoever has something that ends. */
const ENDS = ['"until":', '"ends":', '"trial"', '"pilot"', '"exception"', '"promised":'];

/** Tells listeners what becomes of customers. */
export interface ChangeTeller<S extends Settings> {
  onChange(listener: (change: Change<S>) => void, customer?: string): Stop;
  onEnding(days: number, listener: (ending: Ending<S>) => void, customer?: string): Stop;
  /** One moment follows another. Listeners are told one customer after the other, in the order of moments. */
  moved(before: Moment, after: Moment): void;
  /** Nobody is told anything any more. */
  close(): void;
}

interface EndingListener<S extends Settings> {
  days: number;
  customer: string | undefined;
  tell(ending: Ending<S>): void;
  /** What was told already: an ending is told once. */
  told: Set<string>;
}

/** `onFailure` is told what a listener threw, or why a customer could not be read. */
export function tellChanges<S extends Settings>(
  current: () => Moment,
  onFailure: (error: unknown) => void,
): ChangeTeller<S> {
  const everybody = new Set<(change: Change<S>) => void>();
  const single = new Map<string, Set<(change: Change<S>) => void>>();
  const ending = new Set<EndingListener<S>>();
  let queue: Promise<void> = Promise.resolve();
  const enqueue = (work: () => Promise<void>): void => {
    queue = queue.then(work).catch(onFailure);
  };

  async function tellOf(name: string, before: Moment, after: Moment): Promise<void> {
    const [old, now] = [await before.release.find(name), await after.release.find(name)];
    const change = compareViews<S>(
      name,
      causeOf(before, after),
      old && viewCustomer<S>(before, old),
      now && viewCustomer<S>(after, now),
    );
    if (!change) return;
    for (const tell of single.get(name) ?? []) callSafely(tell, change, onFailure);
    // Of somebody known by two names everybody is told once.
    if (name === change.customer) for (const tell of everybody) callSafely(tell, change, onFailure);
  }

  async function tellAll(before: Moment, after: Moment): Promise<void> {
    // Where customers are in memory, what is done follows what changed, not how many are listened to.
    const names = new Set(isHeld(after.release.find) ? [] : single.keys());
    let seen = 0;
    for (const { customer, account } of everybody.size + single.size > 0 ? candidates(before, after) : []) {
      if (everybody.size > 0 || single.has(customer)) names.add(customer);
      if (account !== undefined && single.has(account)) names.add(account);
      seen += 1;
      if (seen % AT_ONCE === 0) await turn();
    }
    for (const name of names) {
      await tellOf(name, before, after).catch(onFailure);
      seen += 1;
      if (seen % AT_ONCE === 0) await turn();
    }
    for (const listener of ending) await tellEndings(listener, after);
  }

  async function tellEndings(listener: EndingListener<S>, { release, day }: Moment): Promise<void> {
    const { days, customer, tell, told } = listener;
    let seen = 0;
    for (const timeline of customer === undefined
      ? everyCustomer(release.find, ...ENDS)
      : [await timelineIn(release, customer)]) {
      for (const each of timeline ? endingsOf<S>(timeline, day, days) : []) {
        const name = `${each.customer}\n${each.kind}\n${each.id}\n${each.until}`;
        if (told.has(name) || !ending.has(listener)) continue;
        told.add(name);
        callSafely(tell, each, onFailure);
      }
      seen += 1;
      if (seen % AT_ONCE === 0) await turn();
    }
  }

  return {
    onChange(listener, customer) {
      checkListener(listener, customer);
      // The same function may listen twice.
      const tell = (change: Change<S>): void => listener(change);
      const listeners = customer === undefined ? everybody : (single.get(customer) ?? new Set());
      if (customer !== undefined) single.set(customer, listeners);
      listeners.add(tell);
      return () => {
        listeners.delete(tell);
        if (customer !== undefined && listeners.size === 0) single.delete(customer);
      };
    },
    onEnding(days, tell, customer) {
      checkDays(days);
      checkListener(tell, customer);
      const listener: EndingListener<S> = { days, customer, tell, told: new Set() };
      ending.add(listener);
      enqueue(() => tellEndings(listener, current()));
      return () => void ending.delete(listener);
    },
    moved(before, after) {
      if (everybody.size + single.size + ending.size > 0) enqueue(() => tellAll(before, after));
    },
    close() {
      everybody.clear();
      single.clear();
      ending.clear();
    },
  };
}

const causeOf = (before: Moment, after: Moment): Change['cause'] =>
  before.release !== after.release ? 'release' : before.day !== after.day ? 'time' : 'stale';

/** The customers that may have become others, as far as they are in memory. */
function* candidates(before: Moment, after: Moment): Generator<Timeline> {
  const [old, now] = [before.release, after.release];
  if (before.isStale !== after.isStale || !isSameWorld(old, now)) {
    yield* everyCustomer(now.find);
    yield* everyCustomer(old.find);
    return;
  }
  if (old !== now) yield* heldDifferences(old.find, now.find);
  if (addDays(before.day, MANY_DAYS) < after.day) {
    yield* everyCustomer(now.find);
    return;
  }
  for (const day of daysAfter(before.day, after.day))
    for (const timeline of everyCustomer(now.find, `"from":"${day}"`)) if (beginsOn(timeline, day)) yield timeline;
}

async function timelineIn(release: OpenRelease, customer: string): Promise<Timeline | undefined> {
  const leaf = await release.find(customer);
  return leaf && timelineOf(leaf);
}

const isSameWorld = (one: OpenRelease, other: OpenRelease): boolean =>
  one.tree.catalogue.hash === other.tree.catalogue.hash;

function* daysAfter(before: Day, after: Day): Generator<Day> {
  for (let day = addDays(before, 1); day <= after; day = addDays(day, 1)) yield day;
}

const beginsOn = ({ segments }: Timeline, day: Day): boolean => segments.some(({ from }) => from === day);

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
