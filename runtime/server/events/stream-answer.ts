import type { Answer, Asked } from '../route.ts';
import type { Asking } from './hub.ts';
import type { Streams } from './streams.ts';

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'private, no-store',
  // Some proxies hold back what they are not told to pass on at once.
  'x-accel-buffering': 'no',
};

/** The answer that is a stream, or that there is no place for one now. */
export async function streamAnswer(
  streams: Streams,
  { headers: sent, terms, signal }: Asked,
  asking: Omit<Asking, 'signal' | 'lastEventId'>,
): Promise<Answer> {
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

/** The stream in the OpenAPI document. */
export const streamResponses = {
  200: { description: 'Server-sent events', content: { 'text/event-stream': { schema: { type: 'string' } } } },
  503: { description: 'No place for another stream; `Retry-After` is in seconds' },
};
