import type { Settings } from '../../schemas/setting.ts';
import { type BoundedCache, boundedCache } from './bounded-cache.ts';
import { checkAccount, checkName } from './check-asked.ts';
import type { CustomerView } from './customer-view.ts';
import type { Leaf } from './leaf.ts';
import type { OpenRelease } from './open-release.ts';
import type { Open } from './open-terms.ts';
import type { Account, LazyReader, LazyTerms, Reader, Reading, ReleaseName, Terms } from './terms.ts';
import { type Moment, viewAccount, viewCustomer } from './view-customers.ts';

type Held = Leaf | undefined;

/** What was folded on one day of one release. */
interface Views<S extends Settings> {
  customers: Map<string, CustomerView<S>>;
  /** Who asks may say anything of an account: only the last are kept. */
  accounts: BoundedCache<CustomerView<S>>;
}

const KEPT_ACCOUNTS = 2_000;

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
    day: { enumerable: true, get: () => moment().day },
    freshness: { enumerable: true, get: () => moment().freshness },
    settings: { enumerable: true, get: () => moment().release.settings },
    rules: { enumerable: true, get: () => moment().release.rules },
  }) as T & Reading<S>;
}

/** Every customer in memory. What was folded once on a day of a release is answered from a map. */
export function heldTerms<S extends Settings>({ moment, following }: Open<S, Held>): Terms<S> {
  const folded = new WeakMap<Moment, Views<S>>();
  const viewsOf = (at: Moment): Views<S> => {
    const views = folded.get(at) ?? { customers: new Map(), accounts: boundedCache(KEPT_ACCOUNTS) };
    folded.set(at, views);
    return views;
  };
  const seek = (at: Moment<Held>, { customers }: Views<S>, name: string): CustomerView<S> | undefined => {
    // Only here: what is no name is in no map either.
    checkName(name);
    const leaf = at.release.find(name);
    if (!leaf) return undefined;
    const view = viewCustomer<S>(at, leaf);
    customers.set(name, view);
    return view;
  };
  const account = (at: Moment<Held>, { accounts }: Views<S>, asked: Account<S>): CustomerView<S> => {
    checkAccount(asked);
    const said = saidOf(asked);
    const known = accounts.get(said);
    if (known) return known;
    const view = viewAccount<S>(at, at.release.find(asked.account), asked);
    accounts.set(said, view);
    return view;
  };

  let last = moment();
  let views = viewsOf(last);
  const viewsNow = (at: Moment<Held>): Views<S> => {
    if (at !== last) {
      last = at;
      views = viewsOf(at);
    }
    return views;
  };
  // Whoever takes one for each request takes the same again, until there is another moment.
  let shown: { at: Moment; reader: Reader<S> } | undefined;
  return withReading<S, Omit<Terms<S>, keyof Reading>>(moment, {
    customer(name) {
      const at = moment();
      const own = at === last ? views : viewsNow(at);
      return own.customers.get(name) ?? seek(at, own, name);
    },
    account(asked) {
      const at = moment();
      return account(at, viewsNow(at), asked);
    },
    snapshot() {
      const at = moment();
      if (shown?.at === at) return shown.reader;
      const own = viewsOf(at);
      const reader = withReading<S, Omit<Reader<S>, keyof Reading>>(() => at, {
        customer: (name) => own.customers.get(name) ?? seek(at, own, name),
        account: (asked) => account(at, own, asked),
      });
      shown = { at, reader };
      return reader;
    },
    ...following,
  });
}

/** What is said of an account, in one text; what callers without types may say is told apart too. */
function saidOf({ account, plan, quantities = {} }: Account): string {
  let said = JSON.stringify([account, plan === undefined ? 0 : plan]);
  for (const [key, quantity] of Object.entries(quantities))
    said += `\n${JSON.stringify(key)} ${typeof quantity} ${String(quantity)}`;
  return said;
}

/** Customers are read from the store, or from what is kept, when they are asked for. */
export function lazyTerms<S extends Settings>({
  moment,
  momentOf,
  ask,
  following,
}: Open<S, Promise<Held>>): LazyTerms<S> {
  const customer = async (at: Moment<Promise<Held>>, name: string) => {
    checkName(name);
    const leaf = await at.release.find(name);
    return leaf && viewCustomer<S>(at, leaf);
  };
  const account = async (at: Moment<Promise<Held>>, asked: Account<S>) => {
    checkAccount(asked);
    return viewAccount<S>(at, await at.release.find(asked.account), asked);
  };

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
