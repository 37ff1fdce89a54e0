import type { Head } from '../../runtime/snapshot/head.ts';
import type { WriteStore } from '../../runtime/stores/store.ts';
import { examineHeads } from './examine-heads.ts';
import { newestRemembered } from './newest-remembered.ts';
import { type Refused, refuse } from './outcome.ts';
import type { Place } from './place.ts';
import type { Signing } from './signing.ts';
import type { Witness } from './witness.ts';

export interface TakeoverTools {
  store: Pick<WriteStore, 'history'>;
  signing?: Signing;
  witness?: Pick<Witness, 'read'>;
}

/** What somebody who takes a store over goes on from, and what is in the way. */
export interface TakeoverBase {
  /** The release to go on from; absent where the store and the witness know none of ours: it begins anew. */
  from?: Head;
  /** Heads after it, newest first, that will count no more: what is known of each. */
  passedOver: readonly { hash: string; release?: number; because: string }[];
}

/**
 * Finds the head to go on from: the one with this number or hash, else the witness's, else the newest in the store that
 * is ours.
 *
 * @throws StoreError when the store cannot be used.
 */
export async function takeoverBase(
  { store, signing, witness }: TakeoverTools,
  place: Place,
  named?: string,
): Promise<TakeoverBase | Refused> {
  const passedOver: { hash: string; release?: number; because: string }[] = [];
  const remembered = named === undefined ? await newestRemembered(signing && witness, signing, place) : undefined;
  for await (const { hash, head, because } of examineHeads(store, place, signing)) {
    const isOurs = head !== undefined && because === undefined;
    const isMeant = named === undefined ? !remembered || hash === remembered.hash : isNamed(named, hash, head);
    if (isOurs && isMeant) return { from: head, passedOver };
    const release = head?.payload.n;
    passedOver.push({
      hash,
      ...(release !== undefined && { release }),
      because: because ?? (isOurs ? 'it comes after the one to go on from' : 'it cannot be read'),
    });
  }
  if (remembered) return { from: remembered, passedOver };
  if (named === undefined) return { passedOver };
  return refuse(
    'noSuchRelease',
    `none of the releases that are ours is ${named}`,
    '`proviso history --all` lists them; name one by its number or the hash of its head',
  );
}

const isNamed = (named: string, hash: string, head: Head | undefined): boolean =>
  named === String(head?.payload.n) || (named.length >= 12 && hash.startsWith(named));
