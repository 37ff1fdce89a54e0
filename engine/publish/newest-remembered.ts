import { compareOrder, type Head } from '../../runtime/snapshot/head.ts';
import type { Place } from './place.ts';
import type { Signing } from './signing.ts';
import { verifyPublished } from './verify-published.ts';
import type { Witness } from './witness.ts';

/** The newest head a witness remembers that is ours; what is not is said and passed over. */
export async function newestRemembered(
  witness: Pick<Witness, 'read'> | undefined,
  signing: Signing | undefined,
  place: Place,
  warn: (message: string) => void = () => {},
): Promise<Head | undefined> {
  let newest: Head | undefined;
  for (const envelope of (await witness?.read()) ?? []) {
    const head = verifyPublished(envelope, signing, place);
    if ('outcome' in head) warn(`the witness in git is not one of ours and is passed over: ${head.message}`);
    else if (!newest || compareOrder(head.payload, newest.payload) > 0) newest = head;
  }
  return newest;
}
