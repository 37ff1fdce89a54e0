import type { LazyTerms, Terms } from '../../client/terms.ts';
import { SnapshotError } from '../../snapshot/object.ts';
import { StoreError } from '../../stores/store.ts';
import { type Answer, type Asked, RequestError } from '../route.ts';
import type { Asking } from './hub.ts';
import type { Streams } from './streams.ts';

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'private, no-store',
  // Some proxies hold back what they are not told to pass on at once.
  'x-accel-buffering': 'no',
};

/** The answer that is a stream, however short: one that says nothing but when to come again, where there is no place for another. */
export async function streamAnswer(
  streams: Streams,
  asked: Asked,
  asking: Omit<Asking, 'signal' | 'lastEventId'>,
): Promise<Answer> {
  const terms = termsOf(asked);
  const turnedAway = (): Answer => ({ status: 200, headers, text: streams.turnedAway() });
  if (!terms || streams.isStopping()) return turnedAway();
  const { headers: sent, signal } = asked;
  const said = sent['last-event-id'];
  const lastEventId = typeof said === 'string' && said !== '' ? said : undefined;
  try {
    const stream = await streams.open(terms, { ...asking, lastEventId, signal });
    return stream ? { status: 200, headers, stream, otherwise: turnedAway() } : turnedAway();
  } catch (error) {
    if (error instanceof StoreError || error instanceof SnapshotError) return { ...turnedAway(), trouble: error };
    throw error;
  }
}

/** Undefined until a release is read. */
function termsOf(asked: Asked): Terms | LazyTerms | undefined {
  try {
    return asked.terms;
  } catch (error) {
    if (error instanceof RequestError && error.code === 'notReady') return undefined;
    throw error;
  }
}

/** The stream in the OpenAPI document. */
export const streamResponses = {
  200: {
    description:
      'Server-sent events; only `retry` where the server is not ready yet, stops, has no place for another stream, or cannot read the customer now',
    content: { 'text/event-stream': { schema: { type: 'string' } } },
  },
};
