import { execFileSync } from 'node:child_process';
import { appendFileSync, chownSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../runtime/stores/registry.ts';
import { ReleaseLine } from '../fixtures/release/release-line.ts';
import { readEverything } from '../fixtures/release/sample.ts';
import { type PostgresServer, password, startPostgres, superuser } from '../fixtures/servers/postgres.ts';
import { findProgram, freePort, isMissing, type Server, startServer } from '../fixtures/servers/server.ts';

/** A standby that follows a server asynchronously, run by the same user. */
async function startStandby(primary: PostgresServer): Promise<Server> {
  const { uid, gid } = statSync(join(primary.folder, 'data'));
  const user = process.getuid?.() === 0 ? { uid, gid } : {};
  const folder = mkdtempSync(join(tmpdir(), 'proviso-standby-'));
  chownSync(folder, uid, gid);
  const data = join(folder, 'data');
  const from = ['-h', '127.0.0.1', '-p', String(primary.port), '-U', superuser];
  execFileSync(
    findProgram('pg_basebackup') ?? 'pg_basebackup',
    ['-D', data, '-R', '-c', 'fast', '--no-sync', ...from],
    {
      ...user,
      cwd: folder,
      env: { ...process.env, PGPASSWORD: password },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const port = await freePort();
  appendFileSync(join(data, 'postgresql.auto.conf'), `port = ${port}\n`);
  const url = primary.url().replace(`:${primary.port}/`, `:${port}/`);
  const isReady = async (): Promise<void> => {
    const store = await openStore(url);
    await store.getHead('local', 'stable').finally(() => store.close());
  };
  return startServer('postgres', () => ['-D', data], isReady, { port, folder, ...user });
}

test.skipIf(isMissing('postgres'))(
  'a standby in PostgreSQL is read as an older release, whole, and takes nothing; the primary says that it lags',
  async () => {
    const primary = await startPostgres();
    const store = await openStore(primary.url());
    const line = new ReleaseLine(() => openStore(primary.url()));
    expect((await store.init?.())?.findings).toEqual([]);
    await line.publishNext(store);
    const standby = await startStandby(primary);
    const behind = await openStore(primary.url().replace(`:${primary.port}/`, `:${standby.port}/`));
    const seen = async (): Promise<number> => (await readEverything(behind)).length;
    try {
      expect((await store.init?.())?.findings).toEqual([
        expect.objectContaining({
          severity: 'warning',
          message: expect.stringMatching(/^standbys follow asynchronously/),
        }),
      ]);
      expect((await behind.init?.())?.findings).toEqual([
        expect.objectContaining({ severity: 'warning', message: expect.stringMatching(/^this server is a standby/) }),
      ]);
      const stop = behind.watch?.('local', 'stable', () => {});
      expect(await seen()).toBe(1);
      expect((await line.publishNext(behind)).how).toBe('denied');
      await line.publishNext(store);
      while ((await seen()) < 2) await new Promise((resolve) => setTimeout(resolve, 10));
      stop?.();
    } finally {
      for (const each of [store, behind]) await each.close();
      await standby.stop();
      await primary.stop();
    }
  },
);
