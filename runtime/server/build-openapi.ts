import type { Route } from './route.ts';
import { shapes } from './shapes.ts';

type Json = Readonly<Record<string, unknown>>;

/** The OpenAPI document of routes: what each says of itself, and what holds for all. */
export function openapiOf(routes: readonly Route[], version = 'unknown'): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Proviso',
      version,
      description: 'What customers have: plans, settings and terms of the release in force.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: {
      schemas: shapes,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        key: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
      },
    },
  };
}

function operationOf({ path, method, scope, describe }: Route): Json {
  const said = (describe.parameters ?? []) as readonly Json[];
  const isSaid = (name: string): boolean => said.some((each) => each.in === 'path' && each.name === name);
  const named = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const parameters = named
    .filter((name) => !isSaid(name))
    .map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  return {
    operationId: `${method.toLowerCase()}${path.replaceAll(/[^A-Za-z0-9]+(\w?)/g, (_, next: string) => next.toUpperCase())}`,
    ...describe,
    parameters: [...parameters, ...said],
    responses: { ...standardAnswers(scope), ...(describe.responses as Json | undefined) },
    // Where there are no tokens, nobody is asked for one.
    security: scope === 'open' ? [] : [{ bearer: [] }, { key: [] }],
    ...(scope !== 'open' && { 'x-scope': scope }),
  };
}

function standardAnswers(scope: Route['scope']): Json {
  const error = (description: string): Json => ({
    description,
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
  });
  if (scope === 'open') return { default: error('Anything else.') };
  return {
    400: error('The request cannot be understood.'),
    401: error('The token is missing, unknown or over.'),
    403: error(`The token has no scope ${scope}.`),
    503: error('No release is read yet, or what is needed cannot be read; `Retry-After` says when to ask again.'),
    default: error('Anything else.'),
  };
}
