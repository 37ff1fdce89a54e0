import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { publish } from '../../engine/publish/publish.ts';
import { openStore } from '../../runtime/stores/registry.ts';
import { readEverything, sampleRequest, sampleSnapshot, sampleTools } from '../fixtures/release/sample.ts';
import { type PostgresServer, startPostgres } from '../fixtures/servers/postgres.ts';
import { isMissing } from '../fixtures/servers/server.ts';

/** A file system of so many megabytes, where this user may make one. */
function smallDisk(megabytes: number): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'proviso-small-'));
  const made =
    process.getuid?.() === 0 && spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  if (made && made.status === 0) return folder;
  rmSync(folder, { recursive: true });
  return undefined;
}

const disk = isMissing('postgres') ? undefined : smallDisk(8);
let server: PostgresServer | undefined;
afterAll(async () => {
  await server?.stop();
  if (disk === undefined) return;
  spawnSync('umount', ['-l', disk]);
  rmSync(disk, { recursive: true, force: true });
});

describe.skipIf(disk === undefined)('a PostgreSQL store on a disk of 8 MB (needs root)', () => {
  test('takes nothing more when it is full, and goes on when there is room', async () => {
    server = await startPostgres();
    const folder = disk ?? '';
    chmodSync(folder, 0o777);
    const space = join(folder, 'space');
    execFileSync('install', ['-d', '-m', '700', ...ownerOf(server.folder), space]);
    await server.sql(`create tablespace small location '${space}'`);
    await server.sql('alter system set default_tablespace = small');
    await server.sql('select pg_reload_conf()');
    const store = await openStore(server.url());
    await store.init?.();
    const large = () => randomBytes(500_000).toString('base64');
    const stages = ['active', large(), large(), large(), large(), large()];
    const publishOne = (commit: string, customers: number) =>
      publish(
        sampleTools(store, () =>
          sampleSnapshot(stages.slice(0, customers).map((stage, index) => ({ id: `customer-${index}`, stage }))),
        ),
        sampleRequest(commit),
      );
    expect((await publishOne('c1', 1)).outcome).toBe('published');
    const filler = join(folder, 'filler');
    writeFileSync(filler, Buffer.alloc(5_000_000));
    await expect(publishOne('c2', 6)).rejects.toMatchObject({
      name: 'StoreError',
      trouble: 'full',
      message: expect.stringMatching(/make room/),
    });
    expect((await readEverything(store)).length).toBe(1);
    rmSync(filler);
    expect((await publishOne('c2', 6)).outcome).toBe('published');
    expect((await readEverything(store)).length).toBe(2);
    await store.close();
  });
});

const ownerOf = (folder: string): string[] => {
  const [uid, gid] = execFileSync('stat', ['-c', '%u %g', folder], { encoding: 'utf8' }).trim().split(' ');
  return ['-o', String(uid), '-g', String(gid)];
};
