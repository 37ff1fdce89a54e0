import type { LazyTerms, Terms } from '../../client/terms.ts';
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
  if (!terms || streams.isStopping()) return { status: 200, headers, text: streams.turnedAway() };
  const { headers: sent, signal } = asked;
  const said = sent['last-event-id'];
  const lastEventId = typeof said === 'string' && said !== '' ? said : undefined;
  const stream = await streams.open(terms, { ...asking, lastEventId, signal });
  if (stream) return { status: 200, headers, stream };
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
    description: 'Server-sent events; only `retry` where the server is not ready yet or stops',
    content: { 'text/event-stream': { schema: { type: 'string' } } },
  },
  503: { description: 'No place for another stream; `Retry-After` is in seconds' },
};
