import { streamAnswer, streamResponses } from '../events/stream-answer.ts';
import type { Streams } from '../events/streams.ts';
import { defineRoute, type Route } from '../route.ts';

/**
 * The stream that the flags name. A browser can send no header with it: whoever was given the flags was given a ticket in the
 * address, and hears with it that they changed, not how.
 */
export const ofrepEvents = (streams: Streams): Route =>
  defineRoute({
    method: 'GET',
    path: '/ofrep/v1/events',
    scope: 'open',
    describe: {
      operationId: 'streamRefetches',
      summary: 'When to fetch the flags anew, as server-sent events',
      description:
        'The address is the `requestUri` of the flags; its ticket lets in whoever was told them, for a day at most.',
      tags: ['OFREP'],
      parameters: [
        { in: 'query', name: 'ticket', required: true, schema: { type: 'string' } },
        { in: 'query', name: 'since', schema: { type: 'string' } },
        { in: 'header', name: 'Last-Event-ID', schema: { type: 'string' } },
      ],
      responses: { ...streamResponses, 401: { description: 'The ticket has ended, or is none: fetch the flags anew' } },
    },
    async answer(asked) {
      const admission = streams.admit(asked.query.get('ticket') ?? '');
      if (!admission)
        return {
          status: 401,
          headers: { 'cache-control': 'no-store', 'www-authenticate': 'Ticket' },
          json: { error: { code: 'badTicket', message: 'the ticket has ended or is none; the flags name another' } },
        };
      const since = asked.query.get('since') ?? undefined;
      return streamAnswer(streams, asked, { ...admission, since, hears: 'values' });
    },
  });
