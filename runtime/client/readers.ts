import type { Settings } from '../../schemas/setting.ts';
import type { Timeline } from '../terms/timeline.ts';
import type { CustomerView } from './customer-view.ts';
import type { OpenRelease } from './open-release.ts';
import type { Open } from './open-terms.ts';
import type { LazyReader, LazyTerms, Reader, Reading, ReleaseName, Terms } from './terms.ts';
import { type Moment, viewAccount, viewCustomer } from './view-customers.ts';

type Held = Timeline | undefined;
type Views<S extends Settings> = Map<string, CustomerView<S>>;

export const nameOf = ({ head: { n, root, commit, issuedAt, channel } }: OpenRelease): ReleaseName => ({
  n,
  root,
  commit,
  issuedAt,
  channel,
});

/** Adds to an object what a moment says of its release, as it is when it is asked. */
function withReading<S extends Settings, T extends object>(moment: () => Moment, rest: T): T & Reading<S> {
  return Object.defineProperties(rest, {
    release: { enumerable: true, get: () => nameOf(moment().release) },
    freshness: { enumerable: true, get: () => moment().freshness },
    settings: { enumerable: true, get: () => moment().release.settings },
    rules: { enumerable: true, get: () => moment().release.rules },
  }) as T & Reading<S>;
}

/** Every customer in memory. What was folded once on a day of a release is answered from a map. */
export function heldTerms<S extends Settings>({ moment, following }: Open<S, Held>): Terms<S> {
  const folded = new WeakMap<Moment, Views<S>>();
  const viewsOf = (at: Moment): Views<S> => {
    const views = folded.get(at) ?? new Map<string, CustomerView<S>>();
    folded.set(at, views);
    return views;
  };
  const seek = (at: Moment<Held>, views: Views<S>, name: string): CustomerView<S> | undefined => {
    const timeline = at.release.find(name);
    if (!timeline) return undefined;
    const view = viewCustomer<S>(at, timeline);
    views.set(name, view);
    return view;
  };
  const account = (at: Moment<Held>, asked: Parameters<Reader<S>['account']>[0]): CustomerView<S> =>
    viewAccount<S>(at, at.release.find(asked.account), asked);

  let last = moment();
  let views = viewsOf(last);
  // Whoever takes one for each request takes the same again, until there is another moment.
  let shown: { at: Moment; reader: Reader<S> } | undefined;
  return withReading<S, Omit<Terms<S>, keyof Reading>>(moment, {
    customer(name) {
      const at = moment();
      if (at !== last) {
        last = at;
        views = viewsOf(at);
      }
      return views.get(name) ?? seek(at, views, name);
    },
    account: (asked) => account(moment(), asked),
    snapshot() {
      const at = moment();
      if (shown?.at === at) return shown.reader;
      const own = viewsOf(at);
      const reader = withReading<S, Omit<Reader<S>, keyof Reading>>(() => at, {
        customer: (name) => own.get(name) ?? seek(at, own, name),
        account: (asked) => account(at, asked),
      });
      shown = { at, reader };
      return reader;
    },
    ...following,
  });
}

/** Customers are read from the store, or from what is kept, when they are asked for. */
export function lazyTerms<S extends Settings>({
  moment,
  momentOf,
  ask,
  following,
}: Open<S, Promise<Held>>): LazyTerms<S> {
  type Asked = Parameters<Reader<S>['account']>[0];
  const customer = async (at: Moment<Promise<Held>>, name: string) => {
    const timeline = await at.release.find(name);
    return timeline && viewCustomer<S>(at, timeline);
  };
  const account = async (at: Moment<Promise<Held>>, asked: Asked) =>
    viewAccount<S>(at, await at.release.find(asked.account), asked);

  let shown: { at: Moment; reader: LazyReader<S> } | undefined;
  return withReading<S, Omit<LazyTerms<S>, keyof Reading>>(moment, {
    customer: (name) => ask((release) => customer(momentOf(release), name)),
    account: (asked) => ask((release) => account(momentOf(release), asked)),
    snapshot() {
      const at = moment();
      if (shown?.at === at) return shown.reader;
      const reader = withReading<S, Omit<LazyReader<S>, keyof Reading>>(() => at, {
        customer: (name) => customer(at, name),
        account: (asked) => account(at, asked),
      });
      shown = { at, reader };
      return reader;
    },
    ...following,
  });
}
