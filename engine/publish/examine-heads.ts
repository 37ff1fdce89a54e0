import { openEnvelope, sealEnvelope } from '../../runtime/snapshot/envelope.ts';
import { decodeHead, type Head, headType, maxHeadBytes } from '../../runtime/snapshot/head.ts';
import { SnapshotError, sha256 } from '../../runtime/snapshot/object.ts';
import type { WriteStore } from '../../runtime/stores/store.ts';
import { isDamage } from './is-damage.ts';
import type { Place } from './place.ts';
import type { Signing } from './signing.ts';
import { verifyPublished } from './verify-published.ts';

/** One of the heads a store says were in force, and whether it is one that we signed. */
export interface ExaminedHead {
  hash: string;
  envelope: Uint8Array;
  /** Absent where it cannot be read. */
  head?: Head;
  /** Why it is none of ours; absent where it is. */
  because?: string;
  /** None of ours, and a later one that is ours goes on from it knowingly. */
  isPassedOver?: boolean;
  /** What is wrong: it was edited or put there, or the one it goes on from is gone. */
  fault?: string;
}

/**
 * Every head of a place, newest first, whatever is wrong with it. Ours is what verifies as `readStanding` has it; where
 * nobody signs, a head that its successor does not name is found out by that alone.
 *
 * @throws StoreError when the store cannot be used.
 */
export async function* examineHeads(
  store: Pick<WriteStore, 'history'>,
  place: Place,
  signing: Signing | undefined,
): AsyncGenerator<ExaminedHead> {
  /** What the one before this in time is called by the one after it; undefined where that cannot be known. */
  let expected: string | null | undefined;
  let last: string | undefined;
  try {
    for await (const envelope of store.history(place.env, place.channel)) {
      const examined = examine(envelope, place, signing);
      const isNamed = examined.hash === expected;
      if (expected !== undefined && !isNamed) examined.fault = 'it is not the one that its successor follows';
      else if (examined.because !== undefined && isNamed) examined.isPassedOver = true;
      else if (examined.because !== undefined) examined.fault = examined.because;
      // What an edited head says of the one before it is nothing to hold that one against.
      expected =
        examined.fault === undefined || examined.because === undefined ? examined.head?.payload.prev : undefined;
      last = examined.hash;
      yield examined;
    }
  } catch (error) {
    if (!isDamage(error)) throw error;
    yield gone(expected ?? last ?? '', error.message);
    return;
  }
  if (typeof expected === 'string') yield gone(expected, 'it is missing, and so may be others before it');
}

const gone = (hash: string, fault: string): ExaminedHead => ({ hash, envelope: new Uint8Array(), fault });

function examine(envelope: Uint8Array, place: Place, signing: Signing | undefined): ExaminedHead {
  const verified = verifyPublished(envelope, signing, place);
  const because = 'outcome' in verified ? verified.message : respelled(envelope);
  if (!('outcome' in verified)) return { hash: verified.hash, envelope, head: verified, ...(because && { because }) };
  try {
    return { hash: sha256(envelope), envelope, head: decodeHead(envelope), because };
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error;
    return { hash: error.object, envelope, because };
  }
}

/** Base64 and JSON have several spellings of one thing, and a signature is right for each; whoever publishes writes one. */
function respelled(envelope: Uint8Array): string | undefined {
  const { bytes, signatures } = openEnvelope(headType, envelope, maxHeadBytes, 'head');
  const exact = signatures.map(({ keyid, sig }) => ({ keyid, sig: Buffer.from(sig, 'base64').toString('base64') }));
  const isExact = Buffer.compare(sealEnvelope(headType, bytes, exact), envelope) === 0;
  return isExact ? undefined : 'its bytes are not those that were written, though they say the same';
}
