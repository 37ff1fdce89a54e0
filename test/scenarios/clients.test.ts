import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ClientReport, encodeReport } from '../../runtime/snapshot/client-report.ts';
import { openFileStore } from '../../runtime/stores/file.ts';
import type { ClientReports } from '../../runtime/stores/store.ts';
import { compiledProgram } from '../compiled-program.ts';
import { type Ran, runProviso } from '../run-proviso.ts';
import { commitAll, temporaryRepository, writeFiles } from '../temporary-repository.ts';
import { tinyCompany } from './tiny-company.ts';

const script = compiledProgram(new URL('../fixtures/release/reporting-client.ts', import.meta.url));
let root: string;
let reports: ClientReports;
const children: ChildProcess[] = [];
beforeEach(async () => {
  ({ root } = temporaryRepository({ '.gitignore': '.proviso/\n', ...tinyCompany }));
  reports = openFileStore(join(root, '.proviso/store')).reports as ClientReports;
  await run('publish');
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

const run = (words: string, now: number = Date.now()): Promise<Ran> =>
  runProviso(words.split(' '), { folder: root, now: new Date(now).toISOString() });
async function json(words: string, now?: number): Promise<Record<string, unknown> & { exitCode: number }> {
  const { exitCode, stdout } = await run(`${words} --format json`, now);
  return { exitCode, ...(JSON.parse(stdout) as object) };
}

/** A process that reads terms; resolves when it does. */
async function startClient(...args: string[]): Promise<ChildProcess> {
  const store = `file:${join(root, '.proviso/store')}`;
  const child = spawn(process.execPath, [script, store, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  await once(child.stdout, 'data');
  return child;
}

/** Says something in the name of a client. */
const say = (client: string, change: Partial<ClientReport> = {}): Promise<void> => {
  const now = new Date().toISOString();
  const report: ClientReport = {
    v: 1,
    client,
    reader: 1,
    channel: 'stable',
    release: 1,
    epoch: 0,
    root: 'a'.repeat(64),
    source: 'store',
    state: 'fresh',
    since: now,
    at: now,
    every: 60_000,
    ...change,
  };
  return reports.put('local', client, encodeReport(report), 3_600_000);
};

test('two processes serve a release, and whoever waits for it is told when they do', { timeout: 60_000 }, async () => {
  const [, stays] = await Promise.all([startClient('web-1'), startClient('web-2', 'stays')]);
  expect(await run('wait --at-least 2 --timeout 20s')).toMatchObject({
    exitCode: 0,
    stdout: 'Release 1 is live at 2 clients.\n',
  });

  writeFiles(root, { 'plans/studio@1.yaml': tinyCompany['plans/studio@1.yaml'].replace('seats: 5', 'seats: 6') });
  commitAll(root);
  const waiting = run('wait --release 2 --clients web-1 --timeout 20s');
  expect(await run('publish')).toMatchObject({ exitCode: 0 });
  expect(await waiting).toMatchObject({ exitCode: 0, stdout: 'Release 2 is live at 1 client.\n' });
  expect(await json('wait --timeout 1s')).toMatchObject({
    exitCode: 3,
    release: 2,
    isLive: false,
    live: 1,
    missing: [{ client: 'web-2', release: 1 }],
  });
  expect((await run('wait --timeout 0s')).stdout).toMatch(
    /^Release 2 is not live everywhere: 1 client serves it\.\nMissing:\n {2}web-2 {2}serves release 1 since 20.*Z, said so 20.*Z\n$/,
  );
  expect(await run('wait --release 1 --timeout 1s')).toMatchObject({ exitCode: 0 });
  expect(await json('status --clients')).toMatchObject({
    exitCode: 0,
    release: 2,
    clients: {
      heard: 2,
      current: 1,
      releases: [
        { release: 2, channel: 'stable', clients: 1, isCurrent: true, notFresh: 0 },
        { release: 1, channel: 'stable', clients: 1, isCurrent: false, notFresh: 0 },
      ],
      behind: [{ client: 'web-2', release: 1 }],
      silent: [],
      unreadable: 0,
    },
  });

  stays?.kill('SIGTERM');
  expect(await run('wait --timeout 20s')).toMatchObject({
    exitCode: 0,
    stdout: 'Release 2 is live at 1 client.\n',
  });
});

describe('status --clients', () => {
  test('says who is behind, who is no longer heard of, and what is no report', async () => {
    await say('web-1');
    await say('web-2', { release: 0, since: '2026-05-01T00:00:00.000Z', state: 'stale', source: 'disk' });
    await say('web-3', { at: '2026-05-01T00:00:00.000Z' });
    await say('beta-1', { channel: 'beta' });
    await reports.put('local', 'liar', Buffer.from('{"v":1}'), 60_000);
    const { exitCode, stdout } = await run('status --clients');
    expect(exitCode).toBe(0);
    const [, text = ''] = stdout.split(/(?=^Clients)/m);
    expect(
      text.replace(/said so 2.*Z/g, 'said so NOW'),
    ).toBe(`Clients: 1 of 2 serve the release in force or a newer one.
  release  channel  clients
        1  stable         1
        0  stable         1  behind and 1 not fresh
Behind:
  web-2  serves release 0 since 2026-05-01T00:00:00.000Z, from its disk, stale, said so NOW
Not heard of:
  web-3  serves release 1 since ${text.match(/web-3 {2}serves release 1 since (\S+),/)?.[1]}, said so NOW
1 report could not be read.
`);
  });

  test('says that nobody reports, and is not asked without the flag', async () => {
    expect((await run('status --clients')).stdout).toContain('Clients: none reports.');
    expect(await json('status')).not.toHaveProperty('clients');
    expect((await run('status')).stdout).not.toContain('Clients');
  });

  test('shows what hostile names hold, and names no more than can be read', async () => {
    await say('evil\u001b[2J\nname', { release: 0 });
    for (let number = 0; number < 25; number += 1) await say(`web-${number}`, { release: 0 });
    const { stdout } = await run('status --clients');
    expect(stdout).toContain('evil\\u001b[2J\\u000aname');
    expect(stdout).toContain('  and 6 more\n');
  });
});

describe('wait', () => {
  test('gives up where nobody reports', async () => {
    expect(await run('wait --timeout 0s')).toMatchObject({
      exitCode: 3,
      stdout: 'Release 1 is not live everywhere: 0 clients serve it where 1 is expected.\n',
    });
  });

  const cases: [string, readonly Parameters<typeof say>[], string, number][] = [
    ['a newer one is fine', [['web-1', { release: 9 }]], '', 0],
    ['newer keys outrank every number', [['web-1', { release: 0, epoch: 1 }]], '', 0],
    ['too few', [['web-1'], ['web-2']], '--at-least 3', 3],
    ['enough', [['web-1'], ['web-2'], ['web-3']], '--at-least 3', 0],
    ['one that is behind', [['web-1'], ['web-2', { release: 0 }]], '', 3],
    ['one that is behind and not named', [['web-1'], ['web-2', { release: 0 }]], '--clients web-1', 0],
    ['one that is named and was never heard of', [['web-1']], '--clients web-1,web-2', 3],
    ['one that is no longer heard of', [['web-1'], ['web-2', { release: 0, at: '2026-05-01T00:00:00.000Z' }]], '', 0],
    ['one that is named and no longer heard of', [['web-1', { at: '2026-05-01T00:00:00.000Z' }]], '--clients web-1', 3],
    ['one of another channel', [['web-1'], ['beta-1', { channel: 'beta', release: 0 }]], '', 0],
    ['a release that is still to come', [['web-1']], '--release 2', 3],
    ['a release that is still to come and served already', [['web-1', { release: 2 }]], '--release 2', 0],
  ];
  test('tells everybody who must serve a release from who need not', async () => {
    for (const [title, said, words, exitCode] of cases) {
      for (const each of said) await say(...each);
      const ran = await run(`wait --timeout 0s ${words}`.trim());
      expect([title, ran.exitCode]).toEqual([title, exitCode]);
      for (const [client] of said) await reports.remove('local', client);
    }
  });

  test('knows who is to follow a canary', async () => {
    const canary = { channel: 'canary', release: 1, epoch: 0, root: 'a'.repeat(64) };
    writeFiles(root, { 'plans/studio@1.yaml': tinyCompany['plans/studio@1.yaml'].replace('seats: 5', 'seats: 6') });
    commitAll(root);
    expect(await run('publish --channel canary --readers eu-1,eu-2')).toMatchObject({ exitCode: 0 });
    await say('web-1', { follows: { channel: 'canary', reader: 'us-1' } });
    await say('web-2', { follows: { channel: 'canary', reader: 'eu-1' }, canary });
    await say('web-3', { follows: { channel: 'canary', reader: 'eu-2' } });
    expect(await json('wait --channel canary --timeout 0s')).toMatchObject({
      exitCode: 3,
      live: 1,
      missing: [{ client: 'web-3' }],
    });
    await say('web-3', { follows: { channel: 'canary', reader: 'eu-2' }, canary });
    expect(await json('wait --channel canary --timeout 0s')).toMatchObject({ exitCode: 0, live: 2 });
    expect(await json('wait --timeout 0s')).toMatchObject({ exitCode: 0, live: 3 });
    expect(await json('status --clients')).toMatchObject({
      clients: {
        heard: 3,
        releases: [
          { channel: 'canary', clients: 2 },
          { channel: 'stable', clients: 1 },
        ],
      },
    });
  });

  const mistakes: [string, RegExp][] = [
    ['--timeout 5', /--timeout is a time like 90s, 5m or 2h/],
    ['--timeout 25h', /at most a day/],
    ['--at-least 0', /--at-least is a whole number/],
    ['--at-least 3 --clients a,b', /--at-least 3 is more than the 2 that --clients names/],
    ['--release x', /is not the number of a release/],
    ['--env production', /nothing is published for production\/stable yet/],
  ];
  test('is exit 2 for what cannot be waited for', async () => {
    for (const [words, message] of mistakes)
      expect(await run(`wait ${words}`)).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(message) });
  });
});
