/** The shapes of what is answered, as JSON Schema: `components` of the OpenAPI document. */
const text = { type: 'string' };
const number = { type: 'number' };
const day = { type: 'string', format: 'date' };
const open = { type: 'object' };

export const shapes = {
  Error: {
    type: 'object',
    required: ['error'],
    properties: {
      error: {
        type: 'object',
        required: ['code', 'message'],
        properties: {
          code: { ...text, description: 'For programs.' },
          message: { ...text, description: 'For people.' },
          id: { ...text, description: 'Of a fault: what the log has it under.' },
        },
      },
    },
  },
  Value: {
    description: 'Of a feature a boolean, of a limit a number or the word `unlimited`, of a list its entries.',
    anyOf: [{ type: 'boolean' }, number, text, { type: 'array', items: text }],
  },
  Freshness: {
    type: 'object',
    required: ['state', 'source'],
    properties: {
      state: {
        enum: ['fresh', 'unreachable', 'stale'],
        description:
          '`unreachable`: the store has not answered for 15 minutes. `stale`: nobody has confirmed the release for too long; settings have their safe values where the catalogue names one.',
      },
      source: { enum: ['store', 'disk', 'bundle'], description: 'Where the release was read from.' },
    },
  },
  Customer: {
    type: 'object',
    required: ['customer', 'release', 'plan', 'stage', 'settings', 'freshness'],
    properties: {
      customer: text,
      release: { type: 'integer' },
      at: { ...text, description: 'The moment that was asked for.' },
      plan: text,
      stage: { enum: ['trial', 'pilot', 'active', 'grace', 'pastDue', 'suspended', 'lapsed', 'closed'] },
      settings: { type: 'object', additionalProperties: { $ref: '#/components/schemas/Value' } },
      drift: {
        type: 'object',
        properties: { plan: text },
        description: 'The plan the caller named, where the customer’s file says another; the file counts.',
      },
      moved: {
        type: 'object',
        properties: { from: text, on: day },
        description: 'Of an account without a file: the plan the caller named, where it has become another.',
      },
      terms: {
        ...open,
        properties: { billing: open, support: open, contract: { type: ['object', 'null'] } },
        description: 'With the scope `terms:read`.',
      },
      access: {
        ...open,
        properties: { groups: { type: 'array', items: open }, rules: { type: 'array', items: open } },
        description: 'With the scope `terms:read`.',
      },
      freshness: { $ref: '#/components/schemas/Freshness' },
    },
  },
  Setting: {
    type: 'object',
    required: ['customer', 'release', 'setting', 'value', 'freshness'],
    properties: {
      customer: text,
      release: { type: 'integer' },
      at: text,
      setting: text,
      value: { $ref: '#/components/schemas/Value' },
      freshness: { $ref: '#/components/schemas/Freshness' },
    },
  },
  Explained: {
    type: 'object',
    required: ['customer', 'release', 'plan', 'stage', 'settings', 'freshness'],
    properties: {
      customer: text,
      release: { type: 'integer' },
      at: text,
      plan: text,
      stage: text,
      settings: {
        type: 'object',
        additionalProperties: {
          type: 'object',
          required: ['value', 'layers'],
          properties: {
            value: { $ref: '#/components/schemas/Value' },
            layer: { ...open, description: 'What gave the value; absent: the day-one default, or a safe value.' },
            layers: { type: 'array', items: open, description: 'All that name the setting, in order.' },
            isStale: { const: true },
          },
        },
      },
      freshness: { $ref: '#/components/schemas/Freshness' },
    },
  },
  Ready: {
    type: 'object',
    required: ['ready'],
    properties: { ready: { type: 'boolean' }, why: text, release: { type: 'integer' }, state: text },
  },
  Status: {
    type: 'object',
    required: ['ready', 'started', 'uptime', 'connections', 'streams'],
    properties: {
      ready: { type: 'boolean' },
      version: text,
      started: { type: 'string', format: 'date-time' },
      uptime: { ...number, description: 'Seconds.' },
      connections: { type: 'integer' },
      streams: { type: 'integer' },
      release: {
        type: 'object',
        required: ['n', 'root', 'commit', 'issuedAt', 'channel'],
        properties: { n: { type: 'integer' }, root: text, commit: text, issuedAt: text, channel: text },
      },
      freshness: {
        type: 'object',
        required: ['state', 'source', 'age', 'isClockBehind'],
        properties: {
          state: text,
          source: text,
          age: { ...number, description: 'Seconds since whoever publishes last confirmed the release.' },
          lastAnswer: { ...number, description: 'Seconds since the store last answered.' },
          isClockBehind: { type: 'boolean' },
        },
      },
    },
  },
} as const;
