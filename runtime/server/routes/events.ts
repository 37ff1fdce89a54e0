import { streamAnswer, streamResponses } from '../events/stream-answer.ts';
import type { Streams } from '../events/streams.ts';
import { defineRoute, RequestError, type Route } from '../route.ts';

/** No id, account or plan is longer. */
const LONGEST = 512;

/** What becomes of a customer, as it happens. */
export const events = (streams: Streams): Route =>
  defineRoute({
    method: 'GET',
    path: '/v1/events',
    scope: 'settings:read',
    describe: {
      operationId: 'streamChanges',
      summary: 'What becomes of a customer, as server-sent events',
      description:
        '`ready` once, `change` with `{ customer, cause, parts, settings, release }` for what became another, and `message` with `{ "type": "refetchEvaluation" }` where values are to be fetched anew.',
      tags: ['Events'],
      parameters: [
        { in: 'query', name: 'customer', required: true, schema: { type: 'string' } },
        { in: 'query', name: 'plan', schema: { type: 'string' }, description: 'Of an account without a file.' },
        { in: 'header', name: 'Last-Event-ID', schema: { type: 'string' } },
      ],
      responses: { ...streamResponses, 400: { description: 'No customer is named, or more than one' } },
    },
    async answer(asked) {
      const account = only(asked.query, 'customer');
      if (account === undefined)
        throw new RequestError(400, 'customerMissing', 'say a customer: ?customer=<id or account>');
      const plan = only(asked.query, 'plan');
      return streamAnswer(streams, asked, { subject: { account, ...(plan !== undefined && { plan }) }, hears: 'all' });
    },
  });

function only(query: URLSearchParams, name: string): string | undefined {
  const [value, ...more] = query.getAll(name);
  if (more.length > 0) throw new RequestError(400, 'badQuery', `${name} is said more than once`);
  if (value !== undefined && value.length > LONGEST)
    throw new RequestError(400, 'badQuery', `${name} is longer than ${LONGEST} characters`);
  return value === '' ? undefined : value;
}
