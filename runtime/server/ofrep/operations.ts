/** What the operations of the protocol share in the OpenAPI document. */

const json = (schema: Readonly<Record<string, unknown>>) => ({ 'application/json': { schema } });

const metadata = {
  type: 'object',
  additionalProperties: { type: ['string', 'number', 'boolean'] },
};

const flag = {
  type: 'object',
  required: ['key', 'value', 'reason', 'variant', 'metadata'],
  properties: {
    key: { type: 'string' },
    value: {
      description:
        'A feature is a boolean, a choice or text a string, a limit a number (unlimited: 9007199254740991, with `unlimited` in the metadata), a list an object with `items`.',
      oneOf: [
        { type: 'boolean' },
        { type: 'string' },
        { type: 'number' },
        {
          type: 'object',
          required: ['items'],
          properties: { items: { type: 'array', items: { type: 'string' } } },
        },
      ],
    },
    reason: { enum: ['STATIC', 'TARGETING_MATCH'] },
    variant: { type: 'string' },
    metadata,
  },
};

export const requestBody = {
  required: true,
  content: json({
    type: 'object',
    required: ['context'],
    properties: {
      context: {
        type: 'object',
        required: ['targetingKey'],
        additionalProperties: true,
        properties: {
          targetingKey: { type: 'string', description: 'A customer by its id, or an account by its own.' },
          plan: { type: 'string', description: 'The plan of an account that has no file.' },
          quantities: {
            type: 'object',
            additionalProperties: { type: 'number' },
            description: 'What the account bought, by setting; also as attributes `quantities.<setting>`.',
          },
        },
      },
    },
  }),
};

/** In a bulk answer: why one setting has no value here, so that the client goes on with the default of its code. */
const failedFlag = {
  type: 'object',
  required: ['key', 'errorCode'],
  properties: { key: { type: 'string' }, errorCode: { type: 'string' }, errorDetails: { type: 'string' } },
};

export const flagResponse = { description: 'The value', content: json(flag) };

export const flagsResponse = {
  description: 'Every setting',
  headers: { ETag: { schema: { type: 'string' } } },
  content: json({
    type: 'object',
    required: ['flags'],
    properties: {
      flags: { type: 'array', items: { oneOf: [flag, failedFlag] } },
      metadata,
      eventStreams: {
        type: 'array',
        items: {
          type: 'object',
          required: ['type', 'endpoint'],
          properties: {
            type: { const: 'sse' },
            endpoint: {
              type: 'object',
              required: ['requestUri'],
              properties: { requestUri: { type: 'string', pattern: '^/' } },
            },
            inactivityDelaySec: { type: 'integer', minimum: 1 },
          },
        },
      },
    },
  }),
};

export const faultResponse = (description: string) => ({
  description,
  content: json({
    type: 'object',
    required: ['errorCode'],
    properties: { key: { type: 'string' }, errorCode: { type: 'string' }, errorDetails: { type: 'string' } },
  }),
});
