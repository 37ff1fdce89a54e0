import type { Catalogue } from '../../schemas/catalogue.ts';
import type { Settings } from '../../schemas/setting.ts';
import { findCustomer } from '../snapshot/find.ts';
import { compareOrder, decodeHead, type Head } from '../snapshot/head.ts';
import { type GetObjects, readObject } from '../snapshot/object.ts';
import { type Release, readRelease } from '../snapshot/release.ts';
import { openStore } from '../stores/registry.ts';
import type { ReadStore } from '../stores/store.ts';
import { at } from '../terms/at.ts';
import { foldAccount, quantityProblem } from '../terms/fold.ts';
import type { PlanLeaf, Timeline } from '../terms/timeline.ts';
import { type CustomerView, viewOf } from './customer-view.ts';

export interface OpenOptions {
  /** Where releases are: `file:./.proviso/store`. */
  store: string | ReadStore;
  /** Default: `local`. */
  environment?: string;
  /** Default: `stable`. */
  channel?: string;
  /** The clock: milliseconds since 1970. Default: the machine's. */
  now?: () => number;
}

/** What the caller knows of an account: its plan and what it bought. */
export interface Account {
  account: string;
  plan?: string;
  quantities?: Readonly<Record<string, number>>;
}

/** A reader of the release in force. */
export interface Terms<S extends Settings = Settings> {
  /** The number, root and commit of the release being read. */
  readonly release: { n: number; root: string; commit: string; issuedAt: string };
  /** A customer by id or by account id; undefined when the release has no such file. */
  customer(idOrAccount: string): Promise<CustomerView<S> | undefined>;
  /** An account by its plan and quantities; where it has a file, the file's plan wins and the caller's is reported as drift. */
  account(account: Account): Promise<CustomerView<S>>;
  /** Reads the head again; true when a newer release is in force from now on. An older one is never taken. */
  refresh(): Promise<boolean>;
  close(): Promise<void>;
}

/** Why terms cannot be answered; `code` is for programs. */
export class TermsError extends Error {
  override readonly name = 'TermsError';
  readonly code: 'notPublished' | 'unknownPlan' | 'planMissing' | 'badQuantity' | 'needsNewerReader';

  constructor(code: TermsError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

const READER = 1;

interface Opened {
  head: Head;
  release: Release;
  catalogue: Catalogue;
}

/**
 * Opens the release in force. Customers are read when they are asked for, every object verified.
 *
 * @throws TermsError when nothing is published yet, StoreError when the store cannot be read,
 * SnapshotError when what it holds is damaged.
 */
export async function openTerms<S extends Settings = Settings>(options: OpenOptions): Promise<Terms<S>> {
  const { environment = 'local', channel = 'stable', now = Date.now } = options;
  const store = typeof options.store === 'string' ? await openStore(options.store) : options.store;
  const get: GetObjects = (hashes) => store.get(hashes);
  let opened: Opened;
  try {
    opened = await readOpened();
  } catch (error) {
    await store.close();
    throw error;
  }
  const timelines = new Map<string, Promise<Timeline | undefined>>();

  async function readOpened(): Promise<Opened> {
    const at = await store.getHead(environment, channel);
    if (!at) throw new TermsError('notPublished', `nothing is published for ${environment}/${channel} yet`);
    const head = decodeHead(at.envelope);
    const { payload } = head;
    if (payload.schema.minReader > READER)
      throw new TermsError(
        'needsNewerReader',
        `release ${payload.n} needs a newer reader (${payload.schema.minReader}, this is ${READER})`,
      );
    const release = await readRelease(get, payload.root);
    return { head, release, catalogue: (await readObject(get, release.catalogue)) as Catalogue };
  }

  const readTimeline = (idOrAccount: string): Promise<Timeline | undefined> => {
    const { release } = opened;
    const known = timelines.get(idOrAccount);
    if (known) return known;
    const reading = findCustomer(get, release, idOrAccount).then(async (entry) =>
      entry ? ((await readObject(get, entry.leaf)) as Timeline) : undefined,
    );
    timelines.set(idOrAccount, reading);
    // A failed read is tried again by the next question.
    reading.catch(() => timelines.delete(idOrAccount));
    return reading;
  };

  const readPlan = async (ref: string): Promise<PlanLeaf> => {
    const { release } = opened;
    const plan = Object.hasOwn(release.plans, ref) ? release.plans[ref] : undefined;
    if (!plan)
      throw new TermsError(
        'unknownPlan',
        `release ${opened.head.payload.n} has no plan ${ref} (it has ${Object.keys(release.plans).join(', ')})`,
      );
    return (await readObject(get, plan)) as PlanLeaf;
  };

  const checkQuantities = (plan: PlanLeaf, quantities: [string, number][]): void => {
    for (const [key, quantity] of quantities) {
      const problem = quantityProblem(plan, opened.catalogue.settings, key, quantity);
      if (problem) throw new TermsError('badQuantity', `${key}: ${quantity} cannot be bought: ${problem}`);
    }
  };

  const view = (timeline: Timeline, quantities?: Account['quantities'], drift?: string): CustomerView<S> =>
    viewOf<S>({
      timeline,
      settings: opened.catalogue.settings,
      release: opened.head.payload.n,
      now,
      quantities,
      drift,
    });

  return {
    get release() {
      const { n, root, commit, issuedAt } = opened.head.payload;
      return { n, root, commit, issuedAt };
    },
    async customer(idOrAccount) {
      const timeline = await readTimeline(idOrAccount);
      return timeline && view(timeline);
    },
    async account({ account, plan, quantities = {} }) {
      const timeline = await readTimeline(account);
      if (timeline) {
        const segment = at(timeline, now());
        const counted = Object.entries(quantities).filter(([key]) => segment.open?.includes(key));
        if (counted.length > 0) checkQuantities(await readPlan(segment.plan), counted);
        return view(timeline, Object.fromEntries(counted), plan);
      }
      if (plan === undefined) throw new TermsError('planMissing', `${account} has no file; say its plan`);
      const leaf = await readPlan(plan);
      checkQuantities(leaf, Object.entries(quantities));
      return view({ customer: account, segments: [foldAccount(leaf, quantities)] });
    },
    async refresh() {
      const next = await readOpened();
      if (compareOrder(next.head.payload, opened.head.payload) <= 0) return false;
      opened = next;
      timelines.clear();
      return true;
    },
    close: () => store.close(),
  };
}
