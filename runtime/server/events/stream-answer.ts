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

/** The answer that is a stream, however short, or that there is no place for one now. */
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
    if (stream) return { status: 200, headers, stream };
  } catch (error) {
    if (error instanceof StoreError || error instanceof SnapshotError) return { ...turnedAway(), trouble: error };
    throw error;
  }
  return {
    status: 503,
    headers: { 'retry-after': String(streams.comeAgain()), 'cache-control': 'no-store' },
    json: { error: { code: 'tooManyStreams', message: 'as many streams are open as may be' } },
  };
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
      'Server-sent events; only `retry` where the server is not ready yet, stops, or cannot read the customer now',
    content: { 'text/event-stream': { schema: { type: 'string' } } },
  },
  503: { description: 'No place for another stream; `Retry-After` is in seconds' },
};
