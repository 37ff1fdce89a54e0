import { describe, expect, test } from 'vitest';
import { openS3Store } from '../../runtime/stores/s3.ts';
import type { StoreSetup } from '../../runtime/stores/store.ts';
import { s3Stores } from '../fixtures/servers/s3-store.ts';
import { runProviso } from '../run-proviso.ts';
import { temporaryFolder } from '../temporary-repository.ts';

const s3 = s3Stores();
const setUp = async (url = s3.url): Promise<StoreSetup | undefined> => {
  const store = await openS3Store(url);
  try {
    return await store.init?.();
  } finally {
    await store.close();
  }
};
const init = (...words: string[]) =>
  runProviso(['store', 'init', '--store', s3.url, ...words], { folder: temporaryFolder() });

const expiring = (prefix: string, what: string, status = 'Enabled') =>
  `<LifecycleConfiguration><Rule><ID>tidy</ID><Filter><Prefix>${prefix}</Prefix></Filter><Status>${status}</Status>${what}</Rule></LifecycleConfiguration>`;
const afterDays = '<Expiration><Days>30</Days></Expiration>';

test('a bucket that is missing is made, once, and nothing is left of what was tried', async () => {
  const url = s3.url.replace('//bucket', '//new-bucket');
  expect(await setUp(url)).toEqual({ made: ['the bucket new-bucket in us-east-1'], findings: [] });
  expect(await setUp(url)).toEqual({ made: [], findings: [] });
  expect(s3.server.keys()).toEqual([]);
});

describe('lifecycle rules', () => {
  test.each([
    ['removes all there is', expiring('', afterDays)],
    ['removes what is below the store', expiring('terms/objects/', afterDays)],
    ['removes what the store is below', expiring('ter', afterDays)],
    ['removes on a day', expiring('', '<Expiration><Date>2027-01-01T00:00:00Z</Date></Expiration>')],
    ['puts out of reach', expiring('', '<Transition><Days>30</Days><StorageClass>GLACIER</StorageClass></Transition>')],
  ])('one that %s is an error', async (_, lifecycle) => {
    s3.server.settings = { lifecycle };
    expect((await setUp())?.findings).toMatchObject([
      {
        severity: 'error',
        message: expect.stringMatching(/^the lifecycle rule "tidy" of the bucket bucket (removes|puts)/),
      },
    ]);
  });

  test.each([
    ['is off', expiring('', afterDays, 'Disabled')],
    ['is for something else', expiring('logs/', afterDays)],
    ['forgets what clients reported', expiring('terms/clients/', afterDays)],
    [
      'expires old versions',
      expiring('', '<NoncurrentVersionExpiration><NoncurrentDays>7</NoncurrentDays></NoncurrentVersionExpiration>'),
    ],
    [
      'moves to a class that can be read at once',
      expiring('', '<Transition><Days>30</Days><StorageClass>STANDARD_IA</StorageClass></Transition>'),
    ],
  ])('one that %s is fine', async (_, lifecycle) => {
    s3.server.settings = { lifecycle };
    expect((await setUp())?.findings).toEqual([]);
  });
});

test('versions, locks and removals without conditions are warned of', async () => {
  s3.server.settings = {
    versioning: '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>',
    'object-lock':
      '<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>GOVERNANCE</Mode><Days>30</Days></DefaultRetention></Rule></ObjectLockConfiguration>',
  };
  s3.server.ignoresConditionsOfRemovals = true;
  expect((await setUp())?.findings).toMatchObject([
    { severity: 'warning', message: expect.stringContaining('keeps old versions') },
    { severity: 'warning', message: expect.stringContaining('locks everything for a time') },
    { severity: 'warning', message: expect.stringContaining('removes an object also when it was told to only if') },
  ]);
});

test('settings that may not be looked at are warned of, by permission', async () => {
  s3.server.fault = ({ method, key, of }) =>
    method === 'GET' && key === '' && !of.includes('list-type') ? 'denied' : undefined;
  expect((await setUp())?.findings.map(({ severity, help }) => `${severity}: ${help}`)).toEqual(
    ['GetLifecycleConfiguration', 'GetBucketVersioning', 'GetBucketObjectLockConfiguration'].map(
      (name) => `warning: permit s3:${name} to whoever runs \`proviso store init\``,
    ),
  );
});

describe('proviso store init', () => {
  test('lets a bucket through that keeps its word, and leaves nothing but garbage behind', async () => {
    const { exitCode, stdout, stderr } = await init();
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^s3:\/\/bucket\/terms\?\*\*\* can be published to\. Proven by \d{3} operations /);
    expect(s3.server.keys().filter((key) => !key.startsWith('bucket/terms/objects/'))).toEqual([]);
  });

  test('refuses one that takes every write, and says what that would do', async () => {
    s3.server.ignoresConditions = true;
    const { exitCode, stdout, stderr } = await init();
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /error a second first head is accepted: two publishers would both win, and the release of one would be lost \(first-head-once\)/,
    );
    expect(stdout).toMatch(/is refused: publish nothing to it/);
    expect(stdout).toMatch(/FAILED {2}the first head is created once/);
    expect(s3.server.keys().filter((key) => !key.startsWith('bucket/terms/objects/'))).toEqual([]);
    const { diagnostics, ready } = JSON.parse((await init('--format', 'json')).stdout);
    expect(ready).toBe(false);
    expect(diagnostics.map(({ rule }: { rule: string }) => rule)).toEqual(
      expect.arrayContaining(['first-head-once', 'stale-swap', 'one-winner']),
    );
  });

  test('does not try a bucket whose settings lose releases', async () => {
    s3.server.settings = { lifecycle: expiring('', afterDays) };
    const { exitCode, stdout, stderr } = await init();
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      'the lifecycle rule "tidy" of the bucket bucket removes what releases need (store-settings)',
    );
    expect(stdout).toContain('is refused for how it is set up; it was not tried out');
    expect(s3.server.keys()).toEqual([]);
  });

  test('warns of what can be lived with, and goes on', async () => {
    s3.server.settings = { versioning: '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>' };
    const { exitCode, stdout, stderr } = await init();
    expect(exitCode).toBe(0);
    expect(stderr).toContain('warning the bucket bucket keeps old versions');
    expect(stdout).toContain('can be published to');
  });

  test('is exit 3 where the server refuses or is gone, in plain words', async () => {
    s3.server.fault = () => 'denied';
    expect(await init()).toMatchObject({
      exitCode: 3,
      stdout: '',
      stderr: expect.stringContaining('do not permit it'),
    });
    await s3.server.stop();
    expect(await init()).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('cannot be reached') });
  });
});
