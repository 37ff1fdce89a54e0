import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { openTerms } from '../../../runtime/client/open-terms.ts';
import { openStreams } from '../../../runtime/server/events/streams.ts';
import { logLines } from '../../../runtime/server/log-lines.ts';
import { openMetrics } from '../../../runtime/server/metrics.ts';
import { openServer } from '../../../runtime/server/open-server.ts';
import type { Operating } from '../../../runtime/server/operating.ts';
import { operatingRoutes } from '../../../runtime/server/operating-routes.ts';
import { routes, streamingRoutes } from '../../../runtime/server/routes.ts';
import { StoreError } from '../../../runtime/stores/store.ts';
import { MemoryStore } from '../../fixtures/release/memory-store.ts';
import { publishCompany } from '../../fixtures/release/published-company.ts';
import { now, serveCompany } from '../../fixtures/served.ts';

/** Whether who comes for a stream is told when to come again, in a way that readers of streams do come again. */
async function turnedAway(ask: (path: string) => Promise<Response>): Promise<boolean> {
  const answer = await ask('/v1/events?customer=bare');
  const [type, text] = [answer.headers.get('content-type') ?? '', await answer.text()];
  return answer.status === 200 && type.startsWith('text/event-stream') && /^retry: [3-9]\d{3}\n\n$/.test(text);
}

describe('a server', () => {
  it('is alive but not ready until a release is read', async () => {
    const store = new MemoryStore();
    await publishCompany(store, 'c1');
    let read = (): void => {};
    const opening = new Promise<void>((resolve) => {
      read = resolve;
    });
    const terms = opening.then(() => openTerms({ store, now: () => now, follow: false }));
    const server = await openServer({ terms });
    const ask = (path: string) => fetch(`${server.url}${path}`);
    expect((await ask('/healthz')).status).toBe(200);
    expect((await ask('/openapi.json')).status).toBe(200);
    const [ready, customer, status] = await Promise.all(['/readyz', '/v1/customers/bare', '/statusz'].map(ask));
    expect([ready?.status, await ready?.json()]).toEqual([503, { ready: false, why: 'no release is read yet' }]);
    expect([customer?.status, customer?.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await turnedAway(ask)).toBe(true);
    expect(await status?.json()).toMatchObject({ ready: false, connections: expect.any(Number) });
    expect(await (await ask('/metrics')).text()).toMatch(/^proviso_ready 0$/m);
    read();
    await expect.poll(async () => (await ask('/readyz')).status).toBe(200);
    expect((await ask('/v1/customers/bare')).status).toBe(200);
    await server.close();
    await (await terms).close();
  });

  it('that cannot read a customer now says to whoever comes for a stream when to come again', async () => {
    const { ask, store, entries } = await serveCompany({ load: 'lazy' });
    store.get = () => Promise.reject(new StoreError('unavailable', 'redis://secret@host does not answer'));
    expect(await turnedAway(ask)).toBe(true);
    expect(entries).toContainEqual(
      expect.objectContaining({ event: 'trouble', message: 'the store could not be read: unavailable' }),
    );
    expect(JSON.stringify(entries)).not.toContain('secret');
  });

  it('names in its log the object that cannot be read, and tells nobody else', async () => {
    const { ask, store, entries } = await serveCompany({ load: 'lazy' });
    store.get = async () => new Map();
    const answer = await ask('/v1/customers/bare');
    expect([answer.status, await answer.text()]).toEqual([503, expect.not.stringMatching(/object/)]);
    const message = expect.stringMatching(/^the release is damaged: object [0-9a-f]{64} \(missing\)$/);
    expect(entries).toContainEqual(expect.objectContaining({ event: 'trouble', message }));
  });

  it.each([
    ['ready', '/readyz', 200],
    ['ready', '/readyz?stale=fail', 503],
    ['notReady', '/readyz', 503],
    ['notReady', '/healthz', 200],
  ] as const)(
    'that is %s when old answers %s with %i when the store has been silent',
    async (whenOld, path, status) => {
      let time = now;
      const { ask } = await serveCompany({ whenOld, reading: { now: () => time } });
      expect((await ask(path)).status).toBe(200);
      time += 1_000_000;
      expect((await ask(path)).status).toBe(status);
    },
  );

  it('says what it reads, and names no customer', async () => {
    const { read, ask } = await serveCompany({ version: '1.2.3' });
    await ask('/v1/customers/harbor/settings/seats');
    const status = await read('/statusz');
    expect(status).toEqual({
      ready: true,
      version: '1.2.3',
      started: expect.stringMatching(/^2\d{3}-.*Z$/),
      uptime: expect.any(Number),
      connections: expect.any(Number),
      streams: 0,
      release: {
        n: 1,
        root: expect.any(String),
        commit: 'c1',
        issuedAt: '2026-06-03T00:00:00.000Z',
        channel: 'stable',
      },
      freshness: { state: 'fresh', source: 'store', age: 43_200, lastAnswer: 0, isClockBehind: false },
    });
    for (const path of ['/statusz', '/metrics', '/readyz', '/healthz'])
      expect(await (await ask(path)).text()).not.toMatch(/harbor|seats/);
  });

  it('counts requests by route and status, and measures them', async () => {
    const { ask } = await serveCompany();
    for (const path of ['bare', 'harbor', 'nobody']) await ask(`/v1/customers/${path}`);
    await ask('/nothing/at/all');
    await ask('/healthz', { method: 'DELETE' });
    const answer = await ask('/metrics');
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=/);
    const lines = (await answer.text()).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'proviso_requests_total{route="/v1/customers/:id",method="GET",status="200"} 2',
        'proviso_requests_total{route="/v1/customers/:id",method="GET",status="404"} 1',
        'proviso_requests_total{route="none",method="GET",status="404"} 1',
        'proviso_requests_total{route="/healthz",method="DELETE",status="405"} 1',
        'proviso_request_duration_seconds_count{route="/v1/customers/:id"} 3',
        'proviso_request_duration_seconds_bucket{le="+Inf",route="/v1/customers/:id"} 3',
        'proviso_release 1',
        'proviso_release_age_seconds 43200',
        'proviso_state{state="fresh"} 1',
        'proviso_state{state="stale"} 0',
        'proviso_streams 0',
      ]),
    );
    expect(lines.some((line) => line.startsWith('process_cpu_seconds_total '))).toBe(true);
  });

  it('tells how many requests took at most how long, each bucket with those before it', async () => {
    const metrics = openMetrics({
      reading: () => undefined,
      isReady: () => true,
      connections: () => 0,
      streams: () => 0,
    });
    for (const ms of [0.1, 0.25, 0.3, 40, 31_000]) metrics.answered('/x', 'GET', 200, ms);
    metrics.answered('/x', 'GET', 200);
    const told = (await metrics.text()).split('\n').filter((line) => line.startsWith('proviso_request_duration'));
    const buckets = [
      ['0.00025', 2],
      ['0.0005', 3],
      ['0.001', 3],
      ['0.0025', 3],
      ['0.005', 3],
      ['0.01', 3],
      ['0.025', 3],
      ['0.05', 4],
      ['0.1', 4],
      ['0.25', 4],
      ['1', 4],
      ['5', 4],
      ['30', 4],
      ['+Inf', 5],
    ].map(([le, count]) => `proviso_request_duration_seconds_bucket{le="${le}",route="/x"} ${count}`);
    expect(told.filter((line) => !line.includes('_sum'))).toEqual([
      ...buckets,
      'proviso_request_duration_seconds_count{route="/x"} 5',
    ]);
    const sum = told.find((line) => line.startsWith('proviso_request_duration_seconds_sum{route="/x"} '));
    expect(Number(sum?.split(' ')[1])).toBeCloseTo(31.040_65);
  });

  it('counts what goes wrong while it follows releases', async () => {
    const { ask, store, entries } = await serveCompany({ reading: { follow: true, poll: 10 } });
    store.getHead = async () => ({ envelope: Buffer.from('{}'), token: 'x' });
    await expect.poll(async () => (await ask('/metrics')).text()).toMatch(/^proviso_trouble_total\{kind="\w+.*"\} \d/m);
    expect(entries).toContainEqual(expect.objectContaining({ event: 'trouble', message: expect.any(String) }));
    expect((await ask('/v1/customers/bare')).status).toBe(200);
  });
});

describe('the log', () => {
  it('has one entry a request, without a customer, a value or a query', async () => {
    const { ask, entries } = await serveCompany();
    const answer = await ask('/v1/customers/harbor?at=2026-06-03');
    const other = await ask('/v1/harbor-secret');
    expect(entries).toEqual([
      {
        event: 'request',
        time: expect.any(Number),
        id: expect.stringMatching(/^[0-9a-f]{8}-1$/),
        method: 'GET',
        route: '/v1/customers/:id',
        status: 200,
        ms: expect.any(Number),
        bytes: (await answer.text()).length,
        token: undefined,
      },
      expect.objectContaining({ status: 404, route: undefined, id: other.headers.get('x-request-id') }),
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/harbor|2026-06-03/);
  });

  it('is lines of JSON, those of one turn written together', async () => {
    const written: string[] = [];
    const log = logLines((text) => written.push(text));
    const time = Date.parse('2026-06-03T12:00:00.007Z');
    log({ event: 'request', time, id: 'a-1', method: 'GET', status: 404, ms: 0.123_456, bytes: 3 });
    log({ event: 'request', time, id: 'a-2', method: 'GET', route: '/v1', status: 200, ms: 1, bytes: 0, token: 'web' });
    log({ event: 'fault', time, id: 'a-3', message: 'it "broke"\n', stack: 'x' });
    await new Promise((resolve) => setImmediate(resolve));
    expect(written).toHaveLength(1);
    const at = '2026-06-03T12:00:00.007Z';
    expect(
      written
        .join('')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { time: at, event: 'request', id: 'a-1', method: 'GET', status: 404, ms: 0.123, bytes: 3 },
      {
        time: at,
        event: 'request',
        id: 'a-2',
        method: 'GET',
        route: '/v1',
        status: 200,
        ms: 1,
        bytes: 0,
        token: 'web',
      },
      { time: at, event: 'fault', id: 'a-3', message: 'it "broke"\n', stack: 'x' },
    ]);
  });
});

describe('the OpenAPI document', () => {
  type Schema = Record<string, unknown>;
  interface Operation {
    operationId: string;
    parameters: { name: string; in: string; required?: boolean; schema: Schema }[];
    responses: Record<string, { description: string; content?: Record<string, { schema: Schema }> }>;
    security: Record<string, string[]>[];
  }
  interface Document {
    openapi: string;
    info: { title: string; version: string };
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, Schema>; securitySchemes: Record<string, Schema> };
  }
  const readDocument = async (): Promise<Document> =>
    (await (await serveCompany({ version: '1.2.3' })).read('/openapi.json')) as unknown as Document;

  const validatorOf = (document: Document) => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: 'proviso:', components: document.components });
    return (schema: Schema) => ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"proviso:#/')));
  };

  it('has every route, with its parameters and its scope', async () => {
    const { openapi, info, paths, components } = await readDocument();
    expect([openapi, info]).toEqual(['3.1.0', expect.objectContaining({ title: 'Proviso', version: '1.2.3' })]);
    const all = [...routes, ...streamingRoutes(openStreams()), ...operatingRoutes({ metrics: {} } as Operating)];
    const expected = all.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
    const told = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(told.sort()).toEqual([...expected, 'GET /openapi.json'].sort());
    for (const { method, path, scope } of all) {
      const operation = paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()] as Operation;
      const inPath = operation.parameters.filter((parameter) => parameter.in === 'path');
      expect(inPath.map(({ name, required }) => [name, required])).toEqual(
        [...path.matchAll(/:(\w+)/g)].map(([, name]) => [name, true]),
      );
      expect(operation.security).toEqual(scope === 'open' ? [] : [{ bearer: [] }, { key: [] }]);
    }
    for (const requirement of Object.values(paths).flatMap((methods) =>
      Object.values(methods).flatMap((o) => o.security),
    ))
      for (const name of Object.keys(requirement)) expect(components.securitySchemes).toHaveProperty(name);
  });

  it('is as OpenAPI 3.1 wants it: ids once, answers described, schemas that can be compiled', async () => {
    const document = await readDocument();
    const compile = validatorOf(document);
    const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    const ids = operations.map(({ operationId }) => operationId);
    expect([new Set(ids).size, ids.every((id) => /^[a-z]\w*$/i.test(id))]).toEqual([ids.length, true]);
    for (const { responses, parameters } of operations) {
      expect(new Set(parameters.map((each) => `${each.in} ${each.name}`)).size).toBe(parameters.length);
      for (const { schema } of parameters) compile(schema);
      for (const [status, { description, content }] of Object.entries(responses)) {
        expect(status).toMatch(/^([1-5]\d\d|default)$/);
        expect(description).not.toBe('');
        for (const { schema } of Object.values(content ?? {})) compile(schema);
      }
    }
  });

  it.each([
    ['/v1/customers/harbor', '/v1/customers/{id}', 200],
    ['/v1/customers/nobody', '/v1/customers/{id}', 404],
    ['/v1/customers/harbor/settings/formats', '/v1/customers/{id}/settings/{key}', 200],
    ['/v1/customers/harbor/explain', '/v1/customers/{id}/explain', 200],
    ['/v1/accounts?account=u&plan=studio@2', '/v1/accounts', 200],
    ['/v1/accounts', '/v1/accounts', 400],
    ['/readyz', '/readyz', 200],
    ['/statusz', '/statusz', 200],
  ])('describes what %s answers', async (path, pattern, status) => {
    const { ask, read } = await serveCompany({ version: '1.2.3' });
    const document = (await read('/openapi.json')) as unknown as Document;
    const content = document.paths[pattern]?.get?.responses[status]?.content;
    const validate = validatorOf(document)(content?.['application/json']?.schema ?? { not: {} });
    const answer = await ask(path);
    expect(answer.status).toBe(status);
    const body = (await answer.json()) as Schema;
    expect([validate(body), validate.errors]).toEqual([true, null]);
    // The shape says all there is.
    const ref = String(content?.['application/json']?.schema.$ref);
    const shape = document.components.schemas[ref.split('/').at(-1) ?? ''] as { properties: Schema };
    expect(Object.keys(body).filter((key) => !Object.hasOwn(shape.properties, key))).toEqual([]);
  });
});
