import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '../../runtime/snapshot/object.ts';
import { probeStore } from '../../runtime/stores/probe/probe-store.ts';
import { openS3Store } from '../../runtime/stores/s3.ts';
import { giveCredentials } from '../fixtures/servers/s3.ts';
import { findProgram, type Server, startServer } from '../fixtures/servers/server.ts';

/*
 * A server that looks like S3 and was written by somebody else, where it is installed (`pip install moto[server]`): our
 * own one could share a misunderstanding with the driver.
 */
describe.skipIf(findProgram('moto_server') === undefined)('on moto', () => {
  let server: Server;
  let takeBack = (): void => {};
  const open = () => openS3Store(`s3://bucket/terms?endpoint=http://127.0.0.1:${server.port}`);

  beforeAll(async () => {
    takeBack = giveCredentials();
    server = await startServer(
      'moto_server',
      ({ port }) => ['-H', '127.0.0.1', '-p', String(port)],
      (port) => fetch(`http://127.0.0.1:${port}/`),
    );
  });
  afterAll(async () => {
    takeBack();
    await server?.stop();
  });

  test('a bucket is made, and what moto does not do is noticed', async () => {
    const store = await open();
    expect(await store.init?.()).toMatchObject({
      made: ['the bucket bucket in us-east-1'],
      findings: [{ severity: 'warning', message: expect.stringContaining('told to only if it had not changed') }],
    });
    expect((await store.init?.())?.made).toEqual([]);
    await store.close();
  });

  test('every check of the probe passes, but that moto lets two win a race on a busy machine', async () => {
    const { findings } = await probeStore(open);
    // It looks and writes in threads, with no lock around both; our own server has one, and stands for S3 in races.
    const held = findings.filter(({ name }) => name !== 'one-winner');
    expect(held.length).toBeGreaterThan(5);
    expect(held.filter(({ failure }) => failure !== undefined)).toEqual([]);
  });

  test('a sweep removes what is old and not kept', async () => {
    const store = await open();
    const objects = new Map(['kept', 'old', 'older'].map((text) => [sha256(text), Buffer.from(text)]));
    await store.putAll(objects);
    await store.sweep(new Set(objects.keys()), new Date(Date.now() + 60_000));
    const swept = await store.sweep(new Set([sha256('kept')]), new Date(Date.now() + 60_000));
    expect(swept).toEqual({ objects: 2, bytes: 8 });
    expect([...(await store.get([...objects.keys()])).keys()]).toEqual([sha256('kept')]);
    await store.close();
  });
});
