import type { CustomerView } from '../../client/customer-view.ts';
import type { LazyReader, Reader } from '../../client/terms.ts';
import type { Streams } from '../events/streams.ts';
import { absentDigest, type Subject } from '../events/subject.ts';
import { bareTag } from '../matches-tag.ts';
import { cannotAnswer } from '../ofrep/cannot-answer.ts';
import { catchUp } from '../ofrep/catch-up.ts';
import { etagOf } from '../ofrep/etag.ts';
import { type Fault, faultBody, isFault } from '../ofrep/fault.ts';
import { findView } from '../ofrep/find-view.ts';
import { setMetadata } from '../ofrep/flag.ts';
import { flagSetOf } from '../ofrep/flag-set.ts';
import { faultResponse, flagsResponse, requestBody } from '../ofrep/operations.ts';
import { readContext } from '../ofrep/read-context.ts';
import { type Answer, type Asked, always, defineRoute, type Route } from '../route.ts';

/** After so many seconds without anybody at it, a client closes its stream. */
const INACTIVITY = 120;

const cache = { 'cache-control': 'private, no-cache' };

/** Every setting of a customer as flags, for OpenFeature's providers in browsers; without streams, clients poll. */
export const ofrepFlags = (streams?: Streams): Route =>
  defineRoute({
    method: 'POST',
    path: '/ofrep/v1/evaluate/flags',
    scope: 'settings:read',
    describe: {
      operationId: 'evaluateFlagsBulk',
      summary: 'Every setting of a customer as OpenFeature flags',
      tags: ['OFREP'],
      parameters: [
        { in: 'header', name: 'If-None-Match', schema: { type: 'string' } },
        { in: 'query', name: 'flagConfigEtag', schema: { type: 'string' } },
        { in: 'query', name: 'flagConfigLastModified', schema: { type: ['string', 'integer'] } },
      ],
      requestBody,
      responses: {
        200: flagsResponse,
        304: { description: 'Nothing changed for this context' },
        400: faultResponse('What is wrong with the request, with `errorCode`'),
        500: faultResponse('The customer cannot be read at present'),
      },
    },
    answer(asked) {
      const subject = readContext(asked.body);
      if (isFault(subject)) return { status: 400, headers: cache, json: faultBody(subject) };
      const tagOf = (found: CustomerView | Fault): string => {
        const digest = digestIn(found, subject);
        return streams?.tagOf(subject, digest) ?? digest;
      };
      const answerOf = (reader: Reader | LazyReader, found: CustomerView | Fault): Answer => {
        const headers = { ...cache, etag: etagOf(tagOf(found)) };
        const address = streams?.addressOf(subject);
        const stream = address && `${address}&since=${digestIn(found, subject)}`;
        if (isFault(found)) return { status: 200, headers, json: withStream(refusals(reader, found), stream) };
        // Addresses end, and are others then.
        const holds = streams?.holdsOf(subject) ?? always;
        return { status: 200, headers, json: withStream(flagsOf(found), stream), holds };
      };
      const answerLater = async (
        reader: Reader | LazyReader,
        finding: Promise<CustomerView | Fault>,
      ): Promise<Answer> => {
        try {
          const found = await finding;
          if (!isAhead(asked, tagOf(found))) return answerOf(reader, found);
          await catchUp(asked.terms);
          const newer = asked.terms.snapshot();
          // Whether there is something newer, is looked at again for whoever asks again.
          const { holds: _, ...answer } = answerOf(newer, await findView(newer, subject));
          return answer;
        } catch (error) {
          throw cannotAnswer(error);
        }
      };
      const { reader } = asked;
      try {
        const found = findView(reader, subject);
        const isNow = !(found instanceof Promise) && !isAhead(asked, tagOf(found));
        return isNow ? answerOf(reader, found) : answerLater(reader, Promise.resolve(found));
      } catch (error) {
        throw cannotAnswer(error);
      }
    },
  });

const digestIn = (found: CustomerView | Fault, subject: Subject): string =>
  isFault(found) ? absentDigest(subject) : flagSetOf(found).digest;

interface Told {
  flags: readonly object[];
  metadata: object;
}

const flagsOf = (view: CustomerView): Told => ({ flags: flagSetOf(view).flags, metadata: setMetadata(view) });

/**
 * Why somebody has no values, setting by setting: a client keeps what it has when the whole is refused, and that may be what
 * the customer before this one has.
 */
const refusals = ({ settings, release, freshness }: Reader | LazyReader, fault: Fault): Told => ({
  flags: Object.keys(settings).map((key) => faultBody(fault, key)),
  metadata: { release: release.n, origin: freshness.source, stale: freshness.state === 'stale' },
});

/** Behind whatever name this server is reached by. What happens before the client comes to it, it is told then. */
const withStream = ({ flags, metadata }: Told, requestUri: string | undefined) => ({
  flags,
  metadata,
  ...(requestUri !== undefined && {
    eventStreams: [{ type: 'sse', endpoint: { requestUri }, inactivityDelaySec: INACTIVITY }],
  }),
});

/** Whether a client was told of other values than these: another process may be ahead of this one. */
function isAhead(asked: Asked, tag: string): boolean {
  if (!asked.hasQuery) return false;
  const told = asked.query.get('flagConfigEtag');
  return told !== null && valuesOf(bareTag(told)) !== valuesOf(tag);
}

const valuesOf = (tag: string): string => tag.split('.', 1)[0] ?? '';
