import type { CustomerView } from '../../client/customer-view.ts';
import { cannotAnswer } from '../ofrep/cannot-answer.ts';
import { type Fault, faultBody, isFault, unknownFlag } from '../ofrep/fault.ts';
import { findView } from '../ofrep/find-view.ts';
import { flagOf, setMetadata } from '../ofrep/flag.ts';
import { faultResponse, flagResponse, requestBody } from '../ofrep/operations.ts';
import { readContext } from '../ofrep/read-context.ts';
import { type Answer, always, defineRoute } from '../route.ts';

const headers = { 'cache-control': 'private, no-store' };

/** One setting of a customer as a flag, for OpenFeature's providers on servers. */
export const ofrepFlag = defineRoute({
  method: 'POST',
  path: '/ofrep/v1/evaluate/flags/:key',
  scope: 'settings:read',
  describe: {
    operationId: 'evaluateFlag',
    summary: 'One setting of a customer as an OpenFeature flag',
    tags: ['OFREP'],
    requestBody,
    responses: {
      200: flagResponse,
      400: faultResponse('What is wrong with the request, with `key` and `errorCode`'),
      404: faultResponse('No setting has this key'),
      500: faultResponse('The customer cannot be read at present'),
    },
  },
  answer({ params, body, reader }) {
    const { key = '' } = params;
    const refuse = (fault: Fault): Answer => ({
      status: fault.errorCode === 'FLAG_NOT_FOUND' ? 404 : 400,
      headers,
      json: faultBody(fault, key),
    });
    const asked = readContext(body);
    if (isFault(asked)) return refuse(asked);
    if (!Object.hasOwn(reader.settings, key)) return refuse(unknownFlag);
    const answerOf = (view: CustomerView | Fault): Answer => {
      if (isFault(view)) return refuse(view);
      if (!Object.hasOwn(view.values, key)) return refuse(unknownFlag);
      return { status: 200, headers, json: flagJson(view, key), holds: always };
    };
    try {
      const found = findView(reader, asked);
      if (!(found instanceof Promise)) return answerOf(found);
      return found.then(answerOf).catch((error: unknown) => {
        throw cannotAnswer(error, key);
      });
    } catch (error) {
      throw cannotAnswer(error, key);
    }
  },
});

function flagJson(view: CustomerView, key: string): Readonly<Record<string, unknown>> {
  const flag = flagOf(view, key);
  return { ...flag, metadata: { ...flag?.metadata, ...setMetadata(view) } };
}
