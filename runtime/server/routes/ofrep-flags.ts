import type { LazyReader, Reader } from '../../client/terms.ts';
import type { Streams } from '../events/streams.ts';
import { absentDigest, type Subject } from '../events/subject.ts';
import { bareTag, matchesTag } from '../matches-tag.ts';
import { cannotAnswer } from '../ofrep/cannot-answer.ts';
import { catchUp } from '../ofrep/catch-up.ts';
import { etagOf } from '../ofrep/etag.ts';
import { faultBody, isFault } from '../ofrep/fault.ts';
import { findView } from '../ofrep/find-view.ts';
import { setMetadata } from '../ofrep/flag.ts';
import { flagSetOf } from '../ofrep/flag-set.ts';
import { faultResponse, flagsResponse, requestBody } from '../ofrep/operations.ts';
import { readContext } from '../ofrep/read-context.ts';
import { type Asked, defineRoute, type Route } from '../route.ts';

/** After so many seconds without anybody at it, a client closes its stream. */
const INACTIVITY = 120;

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
    async answer(asked) {
      const cache = { 'cache-control': 'private, no-cache' };
      const subject = readContext(asked.body);
      if (isFault(subject)) return { status: 400, headers: cache, json: faultBody(subject) };
      const tagOf = (digest: string): string => streams?.tagOf(subject, digest) ?? digest;
      try {
        let set = await setOf(asked.reader, subject);
        if (isAhead(asked, tagOf(set.digest))) {
          await catchUp(asked.terms);
          set = await setOf(asked.terms.snapshot(), subject);
        }
        const { flags, digest, metadata } = set;
        const etag = etagOf(tagOf(digest));
        const headers = { ...cache, etag };
        if (matchesTag(asked.headers['if-none-match'], etag)) return { status: 304, headers };
        const address = streams?.addressOf(subject);
        return {
          status: 200,
          headers,
          json: {
            flags,
            metadata,
            ...(address !== undefined && {
              eventStreams: [
                {
                  type: 'sse',
                  // Behind whatever name this server is reached by. What happens before the client comes, it is told then.
                  endpoint: { requestUri: `${address}&since=${digest}` },
                  inactivityDelaySec: INACTIVITY,
                },
              ],
            }),
          },
        };
      } catch (error) {
        throw cannotAnswer(error);
      }
    },
  });

/**
 * Every setting, or of somebody who has no values why, setting by setting: a client keeps what it has when the whole is
 * refused, and that may be what the customer before this one has.
 */
async function setOf(reader: Reader | LazyReader, subject: Subject) {
  const view = await findView(reader, subject);
  if (!isFault(view)) return { ...flagSetOf(view), metadata: setMetadata(view) };
  const { release, freshness } = reader;
  return {
    flags: Object.keys(reader.settings).map((key) => faultBody(view, key)),
    digest: absentDigest(subject),
    metadata: { release: release.n, origin: freshness.source, stale: freshness.state === 'stale' },
  };
}

/** Whether a client was told of other values than these: another process may be ahead of this one. */
function isAhead({ query }: Asked, tag: string): boolean {
  const told = query.get('flagConfigEtag');
  return told !== null && valuesOf(bareTag(told)) !== valuesOf(tag);
}

const valuesOf = (tag: string): string => tag.split('.', 1)[0] ?? '';
