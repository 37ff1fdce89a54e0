import { defineCommand } from '../command.ts';

const DEFAULT_PORT = '7420';

export const command = defineCommand({
  summary: 'answer over HTTP what products read of terms',
  arguments: {},
  options: {
    port: { type: 'string', value: 'n', summary: `where it listens; 0 is a free one (default: ${DEFAULT_PORT})` },
    host: { type: 'string', value: 'address', summary: 'where it listens (default: 127.0.0.1); others need --tokens' },
    tokens: { type: 'string', value: 'file', summary: 'who may ask what; without, this machine may ask everything' },
    origin: { type: 'strings', value: 'url', summary: 'pages of scheme://host[:port] may ask from a browser' },
    cache: { type: 'string', value: 'folder', summary: 'where what was read last is kept, to start from' },
    bundle: { type: 'string', value: 'url', summary: 'a store baked into the image, to start from at last' },
    load: {
      type: 'string',
      value: 'whole|lazy',
      oneOf: ['whole', 'lazy'],
      summary: 'all customers, or when asked for',
    },
    keep: { type: 'string', value: 'n', summary: 'with lazy: customers that are kept (default: 10000)' },
    reader: { type: 'string', value: 'name', summary: 'its name among readers; with one it follows canaries' },
    report: { type: 'string', value: 'name', summary: 'says to the store which release it serves, under this name' },
    poll: { type: 'string', value: 'seconds', summary: 'between two looks at the store (default: 30)' },
    'at-least': { type: 'string', value: 'n', summary: 'the first release ever read is none below this number' },
    'fail-when-old': { type: 'boolean', summary: 'not ready while the release is stale or the store does not answer' },
    drain: { type: 'string', value: 'seconds', summary: 'goes on so long after it says it stops (default: 0)' },
  },
  examples: [
    'proviso serve',
    'proviso serve --env production --host 0.0.0.0 --tokens /etc/proviso/tokens --cache /var/cache/proviso',
  ],
  async run(context, _args, options) {
    const [{ serveTerms }, { parseCount }, { parseSeconds }] = await Promise.all([
      import('../serve-terms.ts'),
      import('../parse-count.ts'),
      import('../parse-seconds.ts'),
    ]);
    const { host, tokens, cache, bundle, load, keep, reader, report, poll, drain } = options;
    const atLeast = options['at-least'];
    return serveTerms(context, {
      port: parseCount('port', options.port ?? DEFAULT_PORT, 65_535, 0),
      origins: options.origin,
      failsWhenOld: options['fail-when-old'],
      isLazy: load === 'lazy',
      ...(host !== undefined && { host }),
      ...(tokens !== undefined && { tokens }),
      ...(cache !== undefined && { cache }),
      ...(bundle !== undefined && { bundle }),
      ...(reader !== undefined && { reader }),
      ...(report !== undefined && { report }),
      ...(keep !== undefined && { keep: parseCount('keep', keep, 100_000_000) }),
      ...(atLeast !== undefined && { atLeast: parseCount('at-least', atLeast, 999_999_999) }),
      ...(poll !== undefined && { poll: parseSeconds('poll', poll, 1, 86_400) }),
      ...(drain !== undefined && { drain: parseSeconds('drain', drain, 0, 3_600) }),
    });
  },
});
