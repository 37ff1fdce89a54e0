import { openEnvelope, signersAmong } from '../../runtime/snapshot/envelope.ts';
import { decodeHead, type Head, headType, maxHeadBytes } from '../../runtime/snapshot/head.ts';
import { SnapshotError } from '../../runtime/snapshot/object.ts';
import { type Refused, refuse } from './outcome.ts';
import type { Place } from './place.ts';
import type { Signing } from './signing.ts';

/** A head as publishers trust it: readable, of this place, and signed with the keyset it names. */
export function verifyPublished(envelope: Uint8Array, signing: Signing | undefined, place: Place): Head | Refused {
  let head: Head;
  try {
    head = decodeHead(envelope);
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error;
    return refuse(
      'damaged',
      `what is published cannot be read: ${error.message}`,
      `restore the store from a backup, or ${TAKE_OVER}`,
    );
  }
  return foreignPlace(head, place) ?? foreignKeys(head, envelope, signing) ?? head;
}

const TAKE_OVER = 'if it is known how it came there, go on from a release that is yours with `proviso takeover`';

function foreignPlace({ payload }: Head, place: Place): Refused | undefined {
  for (const field of ['repo', 'env', 'channel'] as const)
    if (payload[field] !== place[field] && !(field === 'repo' && (isUnnamed(payload) || isUnnamed(place))))
      return refuse(
        'foreign',
        `this store holds releases of another ${words[field]}: "${payload[field]}" instead of "${place[field]}"`,
        'check which store this environment uses; two repositories cannot share one place',
      );
  return undefined;
}

/** A repository that has not been anywhere yet has only a makeshift name; that it is the same one, its commits tell. */
const isUnnamed = ({ repo }: { repo: string }): boolean => repo.startsWith('local/');

const words = { repo: 'repository', env: 'environment', channel: 'channel' } as const;

function foreignKeys({ payload }: Head, envelope: Uint8Array, signing: Signing | undefined): Refused | undefined {
  const { n, epoch, keyset } = payload;
  if (!signing)
    return keyset === undefined
      ? undefined
      : refuse(
          'foreign',
          `release ${n} is signed, and here are no keys`,
          'publish from a commit whose keys folder holds its keysets',
        );
  const ours = signing.keysets[epoch - 1];
  if (keyset === undefined)
    return refuse('foreign', `release ${n} is not signed, and this environment takes signed ones`, TAKE_OVER);
  if (!ours && epoch > 0)
    return refuse(
      'foreign',
      `release ${n} is signed with keyset ${epoch}, and the newest here is ${signing.keysets.length}`,
      'publish from a commit whose keys folder holds that keyset',
    );
  if (ours?.hash !== keyset)
    return refuse(
      'foreign',
      `release ${n} is signed with a keyset ${epoch} that is not the one in the keys folder`,
      TAKE_OVER,
    );
  const opened = openEnvelope(headType, envelope, maxHeadBytes, 'head');
  if (signersAmong(headType, opened, ours.payload.headKeys).size > 0) return undefined;
  return refuse('foreign', `release ${n} is not signed by a head key of keyset ${epoch}`, TAKE_OVER);
}
