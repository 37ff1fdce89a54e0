import type { shapes } from './shapes.ts';

interface Told {
  summary: string;
  description?: string;
  /** Parameters of the query and what they mean. */
  query?: Readonly<Record<string, string>>;
  required?: readonly string[];
  /** What 200 is; `text` where it is no JSON. */
  gives: keyof typeof shapes | 'object' | 'text';
  tag: 'customers' | 'operations';
  /** Statuses beside 200, and when they are answered. */
  others?: Readonly<Record<number, string>>;
}

/** The operation object of a route that reads: what its file says of it, in the words of OpenAPI. */
export function describeAnswers({ summary, description, query = {}, required = [], gives, tag, others = {} }: Told) {
  const schema = gives === 'object' ? { type: 'object' } : { $ref: `#/components/schemas/${gives}` };
  const content =
    gives === 'text' ? { 'text/plain': { schema: { type: 'string' } } } : { 'application/json': { schema } };
  const isRead = tag === 'customers';
  const headers = {
    ETag: { schema: { type: 'string' }, description: 'Of everything in the body.' },
    'Proviso-Age': {
      schema: { type: 'integer' },
      description: 'Seconds since whoever publishes last said that the release is in force.',
    },
  };
  return {
    summary,
    ...(description !== undefined && { description }),
    tags: [tag],
    parameters: Object.entries(query).map(([name, meaning]) => ({
      name,
      in: 'query',
      ...(required.includes(name) && { required: true }),
      description: meaning,
      schema: { type: 'string' },
    })),
    responses: {
      200: { description: 'As asked.', ...(isRead && { headers }), content },
      ...(isRead && { 304: { description: 'It is what `If-None-Match` names.' } }),
      ...Object.fromEntries(
        Object.entries(others).map(([status, when]) => [
          status,
          { description: when, content: { 'application/json': { schema: errorOf(tag, gives) } } },
        ]),
      ),
    },
  };
}

/** Health answers in the same shape, whatever it is. */
const errorOf = (tag: Told['tag'], gives: Told['gives']) => ({
  $ref: `#/components/schemas/${tag === 'operations' && gives !== 'object' && gives !== 'text' ? gives : 'Error'}`,
});
