import type { Change } from '../../client/changes.ts';
import { compareViews } from '../../client/compare-views.ts';
import type { CustomerView } from '../../client/customer-view.ts';
import type { LazyTerms, Stop, Terms } from '../../client/terms.ts';
import { isFault } from '../ofrep/fault.ts';
import { findView } from '../ofrep/find-view.ts';
import { type Subject, subjectKey } from './subject.ts';
import { isUnread, stateOf, unread, type Watched } from './watched.ts';

/** Subjects that are looked at before others get their turn. */
const AT_ONCE = 100;
/** How often the day is looked at for accounts that have no file: nobody tells of them. In milliseconds. */
const LOOK = 1_000;

type Cause = Change['cause'];

/** Looks at whom streams are about when something may have changed for them, once for all streams of a subject. */
export interface Watching {
  /** @throws StoreError, SnapshotError where the customer cannot be read now */
  watch(subject: Subject, from: number): Promise<Watched>;
  forget(watched: Watched): void;
  /** Every subject that was asked for and not forgotten. */
  readonly size: number;
}

/** `onChange` is told what became of a subject, whose state is already the new one; without a change where that cannot be said. */
export function watchSubjects(
  terms: Terms | LazyTerms,
  onChange: (watched: Watched, change: Change | undefined, wereValues: string) => void,
): Watching {
  const subjects = new Map<string, { watched: Watched; ready: Promise<unknown> }>();
  const named = new Map<string, { all: Set<Watched>; stop: Stop }>();
  /** Their plan is said by whoever asks: every release and every day may make it another. */
  const byPlan = new Set<Watched>();
  const dirty = new Map<Watched, Cause>();
  let isWorking = false;
  let onRelease: Stop | undefined;
  let timer: NodeJS.Timeout | undefined;
  let moment = '';

  const momentNow = (): string => `${terms.day} ${terms.freshness.state === 'stale'}`;

  function mark(all: Iterable<Watched>, cause: Cause): void {
    for (const each of all) dirty.set(each, cause);
    if (!isWorking && dirty.size > 0) {
      isWorking = true;
      void work();
    }
  }

  async function work(): Promise<void> {
    while (dirty.size > 0) {
      const some = [...dirty].slice(0, AT_ONCE);
      for (const [watched, cause] of some) {
        dirty.delete(watched);
        await look(watched, cause);
      }
      await new Promise<void>((resolve) => void setImmediate(resolve));
    }
    isWorking = false;
  }

  async function viewOf(subject: Subject): Promise<{ view: CustomerView | undefined; release: number }> {
    const reader = terms.snapshot();
    const found = await findView(reader, subject);
    return { view: isFault(found) ? undefined : found, release: reader.release.n };
  }

  async function look(watched: Watched, cause: Cause): Promise<void> {
    const { subject, state } = watched;
    let change: Change | undefined;
    try {
      const { view, release } = await viewOf(subject);
      change = compareViews(view?.customer ?? subject.account, cause, state.view, view);
      // Nothing is worked out for the many for whom nothing changed.
      watched.state = change || isUnread(state) ? stateOf(subject, view, release) : { ...state, view, release };
    } catch {
      // Whoever hears so asks himself, and is told why it cannot be read now.
      watched.state = unread(state);
    }
    if (change || watched.state.values !== state.values) onChange(watched, change, state.values);
  }

  function listen(watched: Watched): void {
    const { account, plan, quantities } = watched.subject;
    const known = named.get(account);
    if (known) known.all.add(watched);
    else {
      const all = new Set([watched]);
      named.set(account, { all, stop: terms.onChange(({ cause }) => mark(all, cause), account) });
    }
    if (plan === undefined && !quantities) return;
    byPlan.add(watched);
    if (onRelease) return;
    moment = momentNow();
    onRelease = terms.onRelease(() => mark(byPlan, 'release'));
    timer = setInterval(() => {
      const next = momentNow();
      if (next === moment) return;
      const cause = next.slice(0, 10) === moment.slice(0, 10) ? 'stale' : 'time';
      moment = next;
      mark(byPlan, cause);
    }, LOOK);
    timer.unref();
  }

  function forget(watched: Watched): void {
    const { account } = watched.subject;
    const known = named.get(account);
    known?.all.delete(watched);
    if (known?.all.size === 0) {
      known.stop();
      named.delete(account);
    }
    dirty.delete(watched);
    subjects.delete(subjectKey(watched.subject));
    byPlan.delete(watched);
    if (byPlan.size > 0 || !onRelease) return;
    onRelease();
    onRelease = undefined;
    clearInterval(timer);
  }

  return {
    get size() {
      return subjects.size;
    },
    forget,
    async watch(subject, from) {
      const key = subjectKey(subject);
      const known = subjects.get(key);
      if (known) {
        await known.ready;
        return known.watched;
      }
      const watched: Watched = { subject, state: stateOf(subject, undefined, 0), from, kept: [] };
      // Listened to first: what changes while it is read is looked at once more.
      listen(watched);
      const read = async (): Promise<void> => {
        const { view, release } = await viewOf(subject);
        watched.state = stateOf(subject, view, release);
      };
      const ready = read();
      subjects.set(key, { watched, ready });
      try {
        await ready;
      } catch (error) {
        forget(watched);
        throw error;
      }
      return watched;
    },
  };
}
