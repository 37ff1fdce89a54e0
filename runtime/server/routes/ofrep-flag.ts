import { cannotAnswer } from '../ofrep/cannot-answer.ts';
import { type Fault, faultBody, isFault } from '../ofrep/fault.ts';
import { findView } from '../ofrep/find-view.ts';
import { flagOf, setMetadata } from '../ofrep/flag.ts';
import { faultResponse, flagResponse, requestBody } from '../ofrep/operations.ts';
import { readContext } from '../ofrep/read-context.ts';
import { type Answer, defineRoute } from '../route.ts';

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
  async answer({ params, body, reader }) {
    const { key = '' } = params;
    const refuse = (fault: Fault): Answer => ({
      status: fault.errorCode === 'FLAG_NOT_FOUND' ? 404 : 400,
      headers,
      json: faultBody(fault, key),
    });
    const asked = readContext(body);
    if (isFault(asked)) return refuse(asked);
    if (!Object.hasOwn(reader.settings, key))
      return refuse({ errorCode: 'FLAG_NOT_FOUND', details: 'no setting has this key' });
    try {
      const view = await findView(reader, asked);
      if (isFault(view)) return refuse(view);
      const flag = flagOf(view, key);
      if (!flag) return refuse({ errorCode: 'FLAG_NOT_FOUND', details: 'no setting has this key' });
      return { status: 200, headers, json: { ...flag, metadata: { ...flag.metadata, ...setMetadata(view) } } };
    } catch (error) {
      throw cannotAnswer(error, key);
    }
  },
});
