import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-repository.ts';
import { signedCompany } from './signed-company.ts';

const bin = fileURLToPath(new URL('../../dist/scripts/proviso.js', import.meta.url));
const LATER = '2026-06-02T12:00:00Z';

describe('export and import', () => {
  it('bring a lost store back, in one file that only its owner may read', async () => {
    const { root, json, run, publishSeats } = await signedCompany();
    await publishSeats(60, LATER);
    const file = join(temporaryFolder(), 'terms.backup');
    expect(await json(`export ${file}`, LATER)).toMatchObject({ exitCode: 0, releases: 2, heads: 2, private: true });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await run(`export ${file}`)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('is there already'),
    });
    rmSync(join(root, '.proviso/production'), { recursive: true });
    const { stdout, exitCode } = await run(`import ${file}`, LATER, {});
    expect(exitCode).toBe(0);
    expect(stdout).toContain('production/stable: release 2, 2 heads brought back, 0 were there.\n');
    expect(stdout).toContain('Readers that have read newer releases keep them');
    expect(await json('verify', LATER)).toMatchObject({ exitCode: 0, release: 2 });
    expect(await json('get acme seats')).toMatchObject({ value: 60 });
    expect(await json('rollback', LATER)).toMatchObject({ exitCode: 0, release: 3 });
    expect(await json(`import ${file}`, LATER)).toMatchObject({ exitCode: 1, reason: 'ahead' });
  });

  it('take nothing of a file that was cut off, or of none', async () => {
    const { root, json, run } = await signedCompany();
    const file = join(temporaryFolder(), 'terms.backup');
    await run(`export ${file} --all`);
    rmSync(join(root, '.proviso/production'), { recursive: true });
    const bytes = readFileSync(file);
    for (const length of [0, 1, 100, Math.floor(bytes.length / 2), bytes.length - 8, bytes.length - 1]) {
      writeFileSync(file, bytes.subarray(0, length));
      expect(await json(`import ${file}`), `${length} bytes`).toMatchObject({ exitCode: 1, reason: 'backup' });
    }
    expect(existsSync(join(root, '.proviso/production/heads'))).toBe(false);
    expect(await run('import nowhere.backup')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('cannot be read'),
    });
    expect(await run('export empty.backup')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('nothing is published'),
    });
    writeFileSync(file, bytes);
    expect(await json(`import ${file} --dry-run`)).toMatchObject({ exitCode: 0, outcome: 'planned' });
    expect(await json(`import ${file}`)).toMatchObject({ exitCode: 0, outcome: 'imported' });
  });
});

it('export says that there is no room, and leaves nothing, where a file may not become as long', async () => {
  const { root } = await signedCompany();
  const file = join(temporaryFolder(), 'terms.backup');
  const asked = ['node', bin, '-C', root, '--env', 'production', 'export', file];
  const { status, stderr } = spawnSync('sh', ['-c', 'ulimit -f 3 && exec "$@"', 'sh', ...asked], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([2, expect.stringContaining(`${file} cannot be written (EFBIG)`)]);
  expect(existsSync(file)).toBe(false);
});

describe('gc', () => {
  it('says what is kept and what would go, and leaves what is in force', async () => {
    const { json, run, publishSeats } = await signedCompany();
    for (const seats of [7, 8]) await publishSeats(seats, LATER);
    expect(await json('gc --dry-run --keep 1', LATER)).toMatchObject({
      exitCode: 0,
      outcome: 'planned',
      places: [{ env: 'production', channel: 'stable', heads: 3, kept: 3, dropped: 0 }],
      removed: { objects: 0, bytes: 0 },
    });
    const { stdout } = await run('gc', LATER);
    expect(stdout).toMatch(
      /^place .*\nproduction\/stable +3 +3 +0\nRemoved 0 objects, 0 bytes; \d+ objects are needed\.\n$/,
    );
    expect(await json('verify', LATER)).toMatchObject({ exitCode: 0 });
    expect(await run('gc --keep first')).toMatchObject({ exitCode: 2 });
  });
});
