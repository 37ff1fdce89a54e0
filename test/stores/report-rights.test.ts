import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTerms } from '../../runtime/index.ts';
import { maxReportBytes, maxReports } from '../../runtime/snapshot/client-report.ts';
import { openStore } from '../../runtime/stores/registry.ts';
import type { ClientReports, WriteStore } from '../../runtime/stores/store.ts';
import { publishCompany } from '../fixtures/release/published-company.ts';
import { startNats } from '../fixtures/servers/nats.ts';
import { natsUsers } from '../fixtures/servers/nats-users.ts';
import { type PostgresServer, password, startPostgres } from '../fixtures/servers/postgres.ts';
import { askRedis, startRedis } from '../fixtures/servers/redis.ts';
import { makeRedisUsers, urlOf as redisUrl } from '../fixtures/servers/redis-users.ts';
import { giveCredentials, type S3Server, startS3 } from '../fixtures/servers/s3.ts';
import { isMissing, type Server } from '../fixtures/servers/server.ts';
import { temporaryFolder } from '../temporary-repository.ts';

const opened: WriteStore[] = [];
const open = async (url: string): Promise<WriteStore> => {
  const store = await openStore(url);
  opened.push(store);
  return store;
};
const reportsOf = async (url: string): Promise<ClientReports> => (await open(url)).reports as ClientReports;
const put = (reports: ClientReports, client: string, text = client): Promise<void> =>
  reports.put('local', client, Buffer.from(text), 60_000);
const listed = async (reports: ClientReports): Promise<string[]> => {
  const texts: string[] = [];
  for await (const bytes of reports.list('local')) texts.push(Buffer.from(bytes).toString());
  return texts.sort();
};
const denied = { name: 'StoreError', trouble: 'denied' };
const tooLarge = 'x'.repeat(maxReportBytes + 1);
afterAll(async () => {
  for (const store of opened) await store.close();
});

describe.skipIf(isMissing('redis-server'))('reports to a Redis (redis-server)', () => {
  let server: Server;
  beforeAll(async () => {
    server = await startRedis();
    await makeRedisUsers(server.port);
  }, 60_000);
  afterAll(() => server?.stop());

  test('need a right of their own, which gives nothing else', async () => {
    const client = await open(redisUrl('client', server.port));
    const reports = client.reports as ClientReports;
    await put(reports, 'web-1');
    await put(reports, 'web-2');
    await reports.remove('local', 'web-2');
    await expect(put(await reportsOf(redisUrl('reader', server.port)), 'web-3')).rejects.toMatchObject(denied);
    await expect.poll(async () => listed(await reportsOf(redisUrl('publisher', server.port)))).toEqual(['web-1']);
    await expect(client.casHead('local', 'stable', null, Buffer.from('x'))).rejects.toMatchObject(denied);
    for (const command of [
      'SET proviso:o:x y',
      'SET proviso:heads:{local}/stable y',
      'ZADD proviso:heads:{local}/stable 1 y',
      'PEXPIRE proviso:heads:{local}/stable 1',
      'SET other:clients:x y',
      'UNLINK proviso:clients:{local}',
      'RPUSH proviso:clients:{local} x',
      'EVAL return(1) 0',
    ])
      await expect(askRedis(redisUrl('client', server.port), ...command.split(' '))).rejects.toThrow(/^NOPERM/);
  });

  test('are refused to who only reads, who reads all the same and is told once', async () => {
    await publishCompany(await open(redisUrl('publisher', server.port)), 'c1');
    const troubles: Error[] = [];
    const terms = await openTerms({
      store: redisUrl('reader', server.port),
      follow: false,
      report: { every: 1_000 },
      onTrouble: (error) => void troubles.push(error),
    });
    expect(terms.customer('bare')?.values.seats).toBe(5);
    await expect.poll(() => troubles.length, { timeout: 5_000 }).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(troubles).toMatchObject([
      { ...denied, message: expect.stringContaining('it cannot be reported which release is served') },
    ]);
    expect(await terms.refresh()).toBe(false);
    await terms.close();
  });

  test('that are no reports are not read, and the index does not grow', async () => {
    const url = redisUrl('client', server.port);
    const key = `proviso:clients:{local}/${'0'.repeat(64)}`;
    await askRedis(url, 'SET', key, tooLarge);
    await askRedis(url, 'ZADD', 'proviso:clients:{local}', '9', '0'.repeat(64), '1', 'no hash');
    const many = Array.from({ length: maxReports }, (_, index) => ['5', String(index)]).flat();
    await askRedis(url, 'ZADD', 'proviso:clients:{local}', ...many);
    await put(await reportsOf(url), 'web-9');
    expect(Number(await askRedis(server.port, 'ZCARD', 'proviso:clients:{local}'))).toBe(maxReports);
    expect(await listed(await reportsOf(redisUrl('publisher', server.port)))).toEqual(['', 'web-1', 'web-9']);
  });
});

describe.skipIf(isMissing('postgres'))('reports to a PostgreSQL (postgres)', () => {
  let server: PostgresServer;
  const refusalOf = (statement: string, user: string): Promise<string> =>
    server.sql(statement, user).then(
      () => 'done',
      (error: { code: string }) => error.code,
    );
  beforeAll(async () => {
    server = await startPostgres();
    await (await open(server.url())).init?.();
    for (const [user, roles] of [
      ['reads', 'proviso_reader'],
      ['tells', 'proviso_reader, proviso_client'],
      ['writes', 'proviso_writer'],
    ])
      await server.sql(`create role ${user} login password '${password}' in role ${roles}`);
  }, 60_000);
  afterAll(() => server?.stop());

  test('need a role of their own, which gives nothing else', async () => {
    const reports = await reportsOf(server.url('tells'));
    await put(reports, 'web-1');
    await put(reports, 'web-2');
    await reports.remove('local', 'web-2');
    await expect(put(await reportsOf(server.url('reads')), 'web-3')).rejects.toMatchObject(denied);
    expect(await listed(await reportsOf(server.url('writes')))).toEqual(['web-1']);
    const insert = `insert into proviso.clients values ('local', decode(repeat('00', 32), 'hex'), 'x', now())`;
    for (const user of ['tells', 'reads', 'writes'])
      for (const statement of [
        insert,
        'delete from proviso.clients',
        `update proviso.clients set report = 'x'`,
        'truncate proviso.clients',
        'drop function proviso.report_client(text, bytea, bytea, interval)',
      ])
        expect([user, statement, await refusalOf(statement, user)]).toEqual([user, statement, '42501']);
    expect(await refusalOf('select * from proviso.clients', 'reads')).toBe('42501');
    expect(await refusalOf(`select proviso.drop_scratch('scratch-1')`, 'tells')).toBe('42501');
  });

  test('are bounded in size, number and time, whoever sends them', async () => {
    const reports = await reportsOf(server.url('tells'));
    await expect(put(reports, 'web-9', tooLarge)).rejects.toMatchObject({ name: 'StoreError' });
    await server.sql(
      `insert into proviso.clients select 'other', sha256(i::text::bytea), 'x', now() + interval '1 day' from generate_series(1, 20000) i`,
    );
    await expect(put(reports, 'web-9')).rejects.toMatchObject({ name: 'StoreError', trouble: 'full' });
    await put(reports, 'web-1', 'still');
    await server.sql(`update proviso.clients set until = now() - interval '1 s' where env = 'other'`);
    await put(reports, 'web-1', 'again');
    await put(reports, 'web-9');
    expect(await listed(reports)).toEqual(['again', 'web-9']);
    await server.sql(`select proviso.report_client('local', sha256('long'), 'x', interval '100 years')`, 'tells');
    expect(
      await server.sql(`select count(*)::int as late from proviso.clients where until > now() + interval '3 days'`),
    ).toEqual([{ late: 0 }]);
  });
});

describe.skipIf(isMissing('nats-server'))('reports to a NATS (nats-server)', () => {
  let server: Server;
  const urlOf = (user: string): string => `nats://${user}:${user}-secret@127.0.0.1:${server.port}`;
  beforeAll(async () => {
    server = await startNats(() => natsUsers('proviso'));
  }, 60_000);
  afterAll(() => server?.stop());

  test('say what makes their bucket where it is not there', async () => {
    await expect(put(await reportsOf(urlOf('client')), 'web-1')).rejects.toMatchObject({
      trouble: 'unsuitable',
      message: expect.stringContaining('run `proviso store init`'),
    });
    await (await open(urlOf('admin'))).init?.();
  });

  test('need a right of their own, which gives nothing else', async () => {
    const client = await open(urlOf('client'));
    await put(client.reports as ClientReports, 'web-1');
    await put(client.reports as ClientReports, 'web-2');
    await client.reports?.remove('local', 'web-2');
    await expect(put(await reportsOf(urlOf('reader')), 'web-3')).rejects.toMatchObject(denied);
    expect(await listed(await reportsOf(urlOf('writer')))).toEqual(['web-1']);
    await expect(client.casHead('local', 'stable', null, Buffer.from('x'))).rejects.toMatchObject(denied);
    await expect(listed(client.reports as ClientReports)).rejects.toMatchObject(denied);
  });

  test('that are larger than a report can be come without bytes', async () => {
    await put(await reportsOf(urlOf('client')), 'web-9', tooLarge);
    expect(await listed(await reportsOf(urlOf('writer')))).toEqual(['', 'web-1']);
  });
});

describe('reports to a folder', () => {
  test('are files that are bounded in size and forgotten by who reports', async () => {
    const folder = temporaryFolder();
    const reports = await reportsOf(`file:${folder}`);
    await put(reports, 'web-1');
    const clients = join(folder, 'clients/local');
    writeFileSync(join(clients, 'f'.repeat(64)), tooLarge);
    writeFileSync(join(clients, 'e'.repeat(64)), 'over');
    const [past, future] = [new Date(Date.now() - 1_000), new Date(Date.now() + 60_000)];
    utimesSync(join(clients, 'e'.repeat(64)), past, past);
    utimesSync(join(clients, 'f'.repeat(64)), future, future);
    writeFileSync(join(clients, 'README'), 'not a report');
    expect(await listed(reports)).toEqual(['', 'web-1']);
    await put(await reportsOf(`file:${folder}`), 'web-2');
    expect(readdirSync(clients)).not.toContain('e'.repeat(64));
    expect(readdirSync(clients)).toContain('f'.repeat(64));
  });
});

describe('reports to a bucket', () => {
  let server: S3Server;
  let takeBack: () => void;
  beforeAll(async () => {
    server = await startS3();
    takeBack = giveCredentials();
  });
  afterAll(async () => {
    takeBack();
    await server.stop();
  });

  test('are objects below clients/, and what is no report comes without bytes', async () => {
    const store = await open(`s3://acme/terms?endpoint=${server.url}`);
    await store.init?.();
    const reports = store.reports as ClientReports;
    await put(reports, 'web-1');
    expect(server.keys()).toEqual([expect.stringMatching(/^acme\/terms\/clients\/local\/[0-9a-f]{64}$/)]);
    server.write('acme/terms/clients/local/large', Buffer.from(tooLarge.repeat(2)));
    server.write('acme/terms/clients/local/unframed', Buffer.from('what is this'));
    const before = server.asked.length;
    expect(await listed(reports)).toEqual(['', '', 'web-1']);
    expect(server.asked.slice(before).some(({ key }) => key.endsWith('large'))).toBe(false);
  });
});
