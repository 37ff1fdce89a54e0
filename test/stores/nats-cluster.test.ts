import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { afterEach, describe, expect, test } from 'vitest';
import { publish } from '../../engine/publish/publish.ts';
import { openStore } from '../../runtime/stores/registry.ts';
import type { WriteStore } from '../../runtime/stores/store.ts';
import { numberedSnapshot, readEverything, sampleRequest, sampleTools } from '../fixtures/release/sample.ts';
import { makeReady, startNats } from '../fixtures/servers/nats.ts';
import { freePort, isMissing, type Server } from '../fixtures/servers/server.ts';

const publishOn = async (store: WriteStore, number: number): Promise<string> => {
  const tools = sampleTools(store, () => numberedSnapshot(number));
  return (await publish(tools, sampleRequest(`c${number}`))).outcome;
};

describe.skipIf(isMissing('nats-server'))('three NATS servers (nats-server)', () => {
  const servers: Server[] = [];
  const opened: WriteStore[] = [];
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
    await Promise.all(servers.splice(0).map((server) => server.stop()));
  });

  const startCluster = async (): Promise<string> => {
    const ports = await Promise.all([freePort(), freePort(), freePort()]);
    const routes = ports.map((port) => `"nats://127.0.0.1:${port}"`).join(', ');
    for (const [index, port] of ports.entries()) {
      const cluster = `cluster: { name: c, listen: "127.0.0.1:${port}", routes: [ ${routes} ] }`;
      servers.push(await startNats(() => `server_name: n${index}\n${cluster}`));
    }
    const [first, ...rest] = servers.map(({ port }) => `127.0.0.1:${port}`);
    const url = `nats://${first}?replicas=3&servers=${rest.join(',')}`;
    await expect
      .poll(
        () =>
          makeReady(url).then(
            () => true,
            () => false,
          ),
        { timeout: 30_000 },
      )
      .toBe(true);
    return url;
  };
  const open = async (url: string): Promise<WriteStore> => {
    const store = await openStore(url);
    opened.push(store);
    return store;
  };

  test('keep every release when the one that leads is killed, and take the next', { timeout: 90_000 }, async () => {
    const url = await startCluster();
    const [publisher, reader] = [await open(url), await open(url)];
    for (const number of [1, 2, 3]) expect(await publishOn(publisher, number)).toBe('published');
    expect((await readEverything(reader)).length).toBe(3);
    const connection = await connect({ servers: servers.map(({ port }) => `127.0.0.1:${port}`) });
    const leader = (await (await jetstreamManager(connection)).streams.info('KV_proviso-heads')).cluster?.leader;
    await connection.close();
    await servers[Number(leader?.slice(1))]?.kill();
    const outcomes: string[] = [];
    await expect
      .poll(
        async () => {
          outcomes.push(await publishOn(publisher, 4).catch((error: { trouble: string }) => error.trouble));
          return outcomes.at(-1);
        },
        { timeout: 60_000 },
      )
      .toMatch(/^(published|unchanged)$/);
    expect((await readEverything(reader)).map(({ payload }) => payload.commit)).toEqual(['c4', 'c3', 'c2', 'c1']);
  });
});

describe.skipIf(isMissing('nats-server'))('an encrypted NATS (nats-server)', () => {
  test('is spoken to with the certificate its URL trusts, and not without', { timeout: 60_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'proviso-certificate-'));
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
    const request = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost';
    const names = ['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
    execFileSync('openssl', [...request.split(' '), ...names, '-keyout', key, '-out', certificate], { stdio: 'pipe' });
    const server = await startNats(() => `tls: { cert_file: "${certificate}", key_file: "${key}" }`);
    const url = `nats://localhost:${server.port}`;
    await makeReady(`${url}?tls=true&ca=${certificate}`);
    const [trusting, wary] = [await openStore(`${url}?tls=true&ca=${certificate}`), await openStore(`${url}?tls=true`)];
    expect(await publishOn(trusting, 1)).toBe('published');
    await expect(wary.getHead('local', 'stable')).rejects.toMatchObject({
      trouble: 'unsuitable',
      message: expect.stringMatching(/certificate is not trusted/),
    });
    await trusting.close();
    await wary.close();
    await server.stop();
    rmSync(folder, { recursive: true });
  });
});
