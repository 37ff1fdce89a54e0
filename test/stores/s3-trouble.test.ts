import { expect, test } from 'vitest';
import { sha256 } from '../../runtime/snapshot/object.ts';
import { openS3Store } from '../../runtime/stores/s3.ts';
import { StoreError } from '../../runtime/stores/store.ts';
import { s3Stores } from '../fixtures/servers/s3-store.ts';
import { freePort } from '../fixtures/servers/server.ts';

const s3 = s3Stores();
const hasty = { request: 300, swap: 300, attempt: 100 };
const one = new Map([[sha256('one'), Buffer.from('one')]]);

const troubleOf = (work: Promise<unknown>): Promise<StoreError> =>
  work.then(
    () => {
      throw new Error('nothing went wrong');
    },
    (error: StoreError) => error,
  );

test.each([
  ['denied', 'denied', /do not permit it; reading needs s3:GetObject and s3:ListBucket.*\(AccessDenied, status 403\)/],
  ['slow-down', 'unavailable', /(does not work at the moment.*SlowDown, status 503|does not answer in time)/],
  ['broken', 'unavailable', /(does not work at the moment.*InternalError, status 500|does not answer in time)/],
  ['hang', 'unavailable', /does not answer in time/],
  ['cut-off', 'unavailable', /(cannot be reached \(ECONNRESET\)|does not answer in time)/],
] as const)(
  'where every request is %s, every method says so within its deadline and without a secret',
  async (fault, trouble, message) => {
    const store = await s3.open(hasty);
    await store.putAll(one);
    await store.casHead('scratch-1', 'stable', null, Buffer.from('h1'));
    s3.server.fault = () => fault;
    const began = performance.now();
    const errors = await Promise.all(
      [
        store.get([...one.keys()]),
        store.has([...one.keys()]),
        store.putAll(one),
        store.getHead('local', 'stable'),
        store.history('local', 'stable')[Symbol.asyncIterator]().next(),
        store.sweep(new Set(), new Date()),
        store.dropScratch('scratch-1'),
        store.init?.(),
      ].map((work) => troubleOf(Promise.resolve(work))),
    );
    expect(performance.now() - began).toBeLessThan(5_000);
    for (const error of errors) {
      expect(error).toBeInstanceOf(StoreError);
      expect(error.trouble).toBe(trouble);
      expect(error.message).toMatch(message);
      expect(JSON.stringify([error.message, error.stack, error.cause])).not.toContain('hunter2');
    }
  },
);

test('a bucket that is not there is said, with what makes it', async () => {
  const store = await openS3Store(s3.url.replace('//bucket', '//nobodys-bucket'));
  for (const work of [
    () => store.getHead('local', 'stable'),
    () => store.putAll(one),
    () => store.casHead('local', 'stable', null, Buffer.from('h')),
  ])
    expect(await troubleOf(work())).toMatchObject({
      trouble: 'unsuitable',
      message: expect.stringContaining('there is no such bucket; `proviso store init` makes it (NoSuchBucket'),
    });
  await store.close();
});

test('a server that is not there is said at once: nothing was done', async () => {
  const store = await openS3Store(`s3://bucket?endpoint=http://127.0.0.1:${await freePort()}`);
  for (const work of [
    () => store.getHead('local', 'stable'),
    () => store.casHead('local', 'stable', null, Buffer.from('h')),
  ])
    expect(await troubleOf(work())).toMatchObject({
      trouble: 'unavailable',
      message: 'the bucket bucket cannot be used: it cannot be reached (ECONNREFUSED)',
    });
  await store.close();
});

test('without a region or credentials it is said which are missing', async () => {
  const given = { ...process.env };
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, {
    AWS_CONFIG_FILE: '/nowhere',
    AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
    AWS_EC2_METADATA_DISABLED: 'true',
  });
  try {
    const regionless = await openS3Store('s3://bucket');
    expect(await troubleOf(regionless.getHead('local', 'stable'))).toMatchObject({
      trouble: 'unsuitable',
      message: expect.stringContaining('its region is not known; name it in the URL, ?region=eu-west-1'),
    });
    await regionless.close();
    const nobody = await openS3Store(s3.url);
    expect(await troubleOf(nobody.getHead('local', 'stable'))).toMatchObject({
      trouble: 'denied',
      message: expect.stringContaining('no credentials were found'),
    });
    await nobody.close();
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in given)) delete process.env[name];
    Object.assign(process.env, given);
  }
});
