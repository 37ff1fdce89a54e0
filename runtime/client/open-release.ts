import type { Catalogue } from '../../schemas/catalogue.ts';
import type { Settings } from '../../schemas/setting.ts';
import { findCustomer } from '../snapshot/find.ts';
import { decodeHead, type HeadPayload } from '../snapshot/head.ts';
import { type GetObjects, readObject } from '../snapshot/object.ts';
import { readRelease } from '../snapshot/release.ts';
import type { ReadStore } from '../stores/store.ts';
import type { PlanLeaf, Timeline } from '../terms/timeline.ts';
import { TermsError } from './terms-error.ts';

/** The format of releases this code reads; a head says which it needs. */
const READER = 1;

/** One release and what was read of it so far. A newer release is another one: what is answered never mixes two. */
export interface OpenRelease {
  readonly head: HeadPayload;
  readonly settings: Settings;
  /** By id or account id; undefined when the release has no such file. */
  timeline(idOrAccount: string): Promise<Timeline | undefined>;
  /** @throws TermsError (`unknownPlan`) */
  plan(ref: string): Promise<PlanLeaf>;
}

/** The head in force in a place. @throws TermsError when there is none that this reader may take. */
export async function readHead(store: ReadStore, environment: string, channel: string): Promise<HeadPayload> {
  const place = `${environment}/${channel}`;
  const at = await store.getHead(environment, channel);
  if (!at) throw new TermsError('notPublished', `nothing is published for ${place} yet`);
  const { payload } = decodeHead(at.envelope);
  const found = `${payload.env}/${payload.channel}`;
  if (found !== place)
    throw new TermsError('otherPlace', `the store holds a release for ${found} where ${place} belongs`);
  const { minReader } = payload.schema;
  if (minReader > READER)
    throw new TermsError(
      'needsNewerReader',
      `release ${payload.n} needs a newer reader (${minReader}, this is ${READER})`,
    );
  return payload;
}

/** Opens the release a head names; the rest is read when it is asked for, every object verified. @throws SnapshotError */
export async function openRelease(get: GetObjects, head: HeadPayload): Promise<OpenRelease> {
  const release = await readRelease(get, head.root);
  const { settings } = (await readObject(get, release.catalogue)) as Catalogue;
  return {
    head,
    settings,
    timeline: remember(async (idOrAccount) => {
      const entry = await findCustomer(get, release, idOrAccount);
      return entry && ((await readObject(get, entry.leaf)) as Timeline);
    }),
    plan: remember(async (ref) => {
      const plan = Object.hasOwn(release.plans, ref) ? release.plans[ref] : undefined;
      if (plan) return (await readObject(get, plan)) as PlanLeaf;
      const known = Object.keys(release.plans).join(', ');
      throw new TermsError('unknownPlan', `release ${head.n} has no plan ${ref} (it has ${known})`);
    }),
  };
}

/** Reads each key once, for many who ask at one time too. What failed is read again, and what is not there: of such names there is no end. */
function remember<T>(read: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const readings = new Map<string, Promise<T>>();
  return (key) => {
    const known = readings.get(key);
    if (known) return known;
    const reading = read(key);
    readings.set(key, reading);
    const forget = (): void => void readings.delete(key);
    reading.then((found) => found === undefined && forget(), forget);
    return reading;
  };
}
