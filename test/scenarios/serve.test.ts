import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openFileStore } from '../../runtime/stores/file.ts';
import { publishCompany } from '../fixtures/release/published-company.ts';
import { type Ran, runProviso } from '../run-proviso.ts';
import { temporaryFolder, writeFiles } from '../temporary-repository.ts';

async function publishInto(folder: string, commit = 'c1'): Promise<void> {
  const store = await openFileStore(join(folder, '.proviso/store'));
  await publishCompany(store, commit);
  await store.close();
}

interface Serving {
  /** Everything on stderr until now. */
  said(): string;
  url(): Promise<string>;
  ask(path: string, headers?: Record<string, string>): Promise<Response>;
  stop(): Promise<Ran>;
}

/** `proviso serve` in this process, until the test is over. */
function serve(folder: string, ...argv: string[]): Serving {
  let said = '';
  let stop = (): void => {};
  const untilStopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const onError = (text: string): void => {
    said += text;
  };
  const ran = runProviso(['serve', '--port', '0', ...argv], { folder, untilStopped, onError });
  const end = (): Promise<Ran> => {
    stop();
    return ran;
  };
  onTestFinished(async () => void (await end()));
  const url = async (): Promise<string> => {
    await expect.poll(() => said, { timeout: 5_000 }).toMatch(/listening on http/);
    return /listening on (\S+)/.exec(said)?.[1] ?? '';
  };
  return {
    said: () => said,
    url,
    stop: end,
    ask: async (path, headers = {}) => fetch(`${await url()}${path}`, { headers }),
  };
}

describe('proviso serve', () => {
  it('says where it listens and with which release, answers, and stops when it is told to', async () => {
    const folder = temporaryFolder();
    await publishInto(folder);
    const { ask, stop, said, url } = serve(folder);
    expect(await (await ask('/v1/customers/harbor/settings/seats')).json()).toMatchObject({ value: 100 });
    expect(await (await ask('/statusz')).json()).toMatchObject({ version: expect.stringMatching(/^\d+\./) });
    const lines = said().split('\n');
    expect(lines[0]).toBe('proviso: there are no tokens: whoever is on this machine may ask everything');
    expect(lines[1]).toBe(`proviso: listening on ${await url()} with release 1 of local`);
    expect(JSON.parse(lines[2] ?? '')).toMatchObject({ event: 'request', route: '/v1/customers/:id/settings/:key' });
    const { exitCode, stdout, stderr } = await stop();
    expect([exitCode, stdout, stderr.split('\n').at(-2)]).toEqual([0, '', 'proviso: stopping']);
    await expect(ask('/healthz')).rejects.toThrow('fetch failed');
  });

  it('reports which release it serves, under its name and until it stops', async () => {
    const folder = temporaryFolder();
    await publishInto(folder);
    const { reports } = openFileStore(join(folder, '.proviso/store'));
    const said = async (): Promise<unknown[]> => {
      const all: unknown[] = [];
      for await (const bytes of reports?.list('local') ?? []) all.push(JSON.parse(Buffer.from(bytes).toString()));
      return all;
    };
    const { url, stop } = serve(folder, '--report', 'terms-1', '--poll', '1');
    await url();
    for (const release of [1, 2]) {
      if (release === 2) await publishInto(folder, 'c2');
      await expect.poll(said, { timeout: 10_000 }).toMatchObject([{ client: 'terms-1', release, source: 'store' }]);
    }
    await stop();
    expect(await said()).toEqual([]);
  });

  it.each([[], ['--load', 'lazy']])('starts from its cache while the store is away %s', async (...load) => {
    const folder = temporaryFolder();
    await publishInto(folder);
    const first = serve(folder, '--cache', 'kept', ...load);
    expect((await first.ask('/v1/customers/harbor')).status).toBe(200);
    await first.stop();
    rmSync(join(folder, '.proviso'), { recursive: true });
    const { ask, said } = serve(folder, '--cache', 'kept', ...load);
    expect(await (await ask('/v1/customers/harbor')).json()).toMatchObject({ freshness: { source: 'disk' } });
    expect(said()).toContain(' with release 1 from the disk, as the store does not answer, of local\n');
  });

  it('waits for a first release, alive and not ready, and says when it has come', async () => {
    const folder = temporaryFolder();
    const { ask, said } = serve(folder);
    expect((await ask('/healthz')).status).toBe(200);
    expect((await ask('/readyz')).status).toBe(503);
    expect(said()).toMatch(/listening on \S+ with no release yet of local/);
    await publishInto(folder);
    await expect.poll(async () => (await ask('/readyz')).status, { timeout: 8_000 }).toBe(200);
    expect(said()).toContain('proviso: release 1 is read\n');
  });

  it('takes the tokens of a file, and no requests into the log where it is to be quiet', async () => {
    const folder = temporaryFolder();
    await publishInto(folder);
    const made = await runProviso(['tokens', 'new', '--name', 'web', '--file', 'tokens'], { folder });
    const { ask, said } = serve(folder, '--tokens', 'tokens', '--host', '0.0.0.0', '--quiet');
    expect((await ask('/v1/customers/harbor')).status).toBe(401);
    expect((await ask('/v1/customers/harbor', { 'X-API-Key': made.stdout.trim() })).status).toBe(200);
    expect(said()).toMatch(/^proviso: listening on \S+ with release 1 of local\n$/);
  });

  it.each([
    [['--host', '0.0.0.0'], 'without tokens everybody who reaches 0.0.0.0 could read all terms'],
    [['--tokens', 'none'], /the tokens \S+none cannot be read: there is no such file\n.*proviso tokens new --file/],
    [['--tokens', 'policies'], /the tokens \S+policies cannot be read: it is a folder\n.*make the file before/],
    [['--port', '99999'], '--port is a whole number from 0 to 65535, not "99999"'],
    [['--origin', 'app.example'], 'an origin is scheme://host[:port], such as https://app.example, not "app.example"'],
    [['--origin', 'https://a.example', '--origin', 'https://b.example/'], 'an origin is scheme://host[:port], such as'],
    [['--poll', '0'], '--poll is a whole number of seconds from 1 to 86400, not "0"'],
    [['--load', 'some'], '--load'],
    [['--report', ''], '--report takes a name of 1 to 100 characters'],
    [['--env', 'production'], 'releases of production are signed, and there are no keys to check them with'],
    [['--env', 'prodution'], 'policies/publish.yaml has no environment prodution; did you mean production?'],
  ])('does not start with %j', async (argv, message) => {
    const folder = temporaryFolder();
    await publishInto(folder);
    const policy = 'language: 1\nenvironments: { local: { verify: none }, production: { verify: none } }\n';
    writeFiles(folder, { 'policies/publish.yaml': policy });
    const { exitCode, stderr } = await runProviso(['serve', '--port', '0', ...argv], { folder });
    const said =
      typeof message === 'string' ? expect.stringContaining(`proviso: ${message}`) : expect.stringMatching(message);
    expect([exitCode, stderr]).toEqual([2, said]);
  });

  it.skipIf(process.getuid?.() === 0)('says why tokens of somebody else cannot be read', async () => {
    const folder = temporaryFolder();
    await publishInto(folder);
    writeFileSync(join(folder, 'tokens'), '', { mode: 0 });
    const { exitCode, stderr } = await runProviso(['serve', '--port', '0', '--tokens', 'tokens'], { folder });
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringMatching(/cannot be read: this user may not\n.*it holds hashes/),
    ]);
  });

  it('says that a port is taken', async () => {
    const folder = temporaryFolder();
    await publishInto(folder);
    const { port } = new URL(await serve(folder).url());
    const { exitCode, stderr } = await runProviso(['serve', '--port', port], { folder });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(`port ${port} of 127.0.0.1 is taken`)]);
  });

  it('says which kinds of store there are', async () => {
    const argv = ['serve', '--port', '0', '--store', 'ftp://somewhere'];
    const { exitCode, stderr } = await runProviso(argv, { folder: temporaryFolder() });
    expect([exitCode, stderr]).toEqual([3, expect.stringContaining('there is no store of kind "ftp:"')]);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('as a process stops on %s and ends well', async (signal) => {
    const folder = temporaryFolder();
    await publishInto(folder);
    const bin = fileURLToPath(new URL('../../dist/scripts/proviso.js', import.meta.url));
    const child = spawn(process.execPath, [bin, 'serve', '--port', '0'], { cwd: folder });
    onTestFinished(() => void child.kill('SIGKILL'));
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    await expect.poll(() => said, { timeout: 10_000 }).toContain('listening on');
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(said).toContain('proviso: stopping');
  });
});

describe('proviso tokens new', () => {
  it('shows the token once, and the line by which it is known', async () => {
    const { exitCode, stdout, stderr } = await runProviso(['tokens', 'new', '--name', 'web'], {
      folder: temporaryFolder(),
    });
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/^proviso_[\w-]{43}\n$/)]);
    expect(stderr).toMatch(/\n\{"name":"web","scopes":\["settings:read"\],"sha256":"[0-9a-f]{64}"\}\n$/);
    expect(stderr).not.toContain(stdout.trim());
  });

  it('adds the line to a file nobody else can read', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'etc'));
    const argv = ['tokens', 'new', '--scopes', 'terms:read', '--expires', '2026-12-31', '--file', 'etc/tokens'];
    for (const name of ['one', 'two']) await runProviso([...argv, '--name', name], { folder });
    const lines = readFileSync(join(folder, 'etc/tokens'), 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(
      ['one', 'two'].map((name) => ({
        name,
        scopes: ['terms:read'],
        sha256: expect.any(String),
        expires: '2026-12-31',
      })),
    );
    expect(statSync(join(folder, 'etc/tokens')).mode & 0o077).toBe(0);
  });

  it('begins a line of its own in a file that does not end with one', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'tokens'), '# ours');
    await runProviso(['tokens', 'new', '--name', 'web', '--file', 'tokens'], { folder });
    expect(readFileSync(join(folder, 'tokens'), 'utf8')).toMatch(/^# ours\n\{.*\}\n$/);
  });

  it.each([
    [['--name', 'a b'], 'has no name such as web'],
    [['--name', 'web', '--scopes', 'all'], 'scopes are a list of settings:read, terms:read'],
    [['--name', 'web', '--expires', '2026-02-31'], '--expires is a day like 2027-06-30'],
    [['--name', 'web', '--expires', '2026-05-31'], '--expires 2026-05-31 is over already'],
    [['--name', 'web', '--file', 'no/such/folder'], 'no/such/folder cannot be written (ENOENT)'],
    [[], 'name'],
  ])('refuses %j', async (argv, message) => {
    const { exitCode, stdout, stderr } = await runProviso(['tokens', 'new', ...argv], { folder: temporaryFolder() });
    expect([exitCode, stdout, stderr]).toEqual([2, '', expect.stringContaining(message)]);
  });

  it('gives both as JSON to programs', async () => {
    const argv = ['tokens', 'new', '--name', 'web', '--format', 'json'];
    const { stdout } = await runProviso(argv, { folder: temporaryFolder() });
    expect(JSON.parse(stdout)).toEqual({
      token: expect.any(String),
      line: { name: 'web', scopes: ['settings:read'], sha256: expect.any(String) },
      diagnostics: [],
    });
  });
});
