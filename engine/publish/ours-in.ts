import type { Line } from './history.ts';
import type { Place } from './place.ts';
import type { Signing } from './signing.ts';
import { verifyPublished } from './verify-published.ts';

/** The heads of a place; where they are signed, those that are ours. */
export const oursIn = (place: Place, signing: Signing | undefined): Line => ({
  env: place.env,
  channel: place.channel,
  ...(signing && { isOurs: (envelope) => !('outcome' in verifyPublished(envelope, signing, place)) }),
});
