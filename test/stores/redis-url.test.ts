import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRedisAddress } from '../../runtime/stores/redis/address.ts';
import { openStore } from '../../runtime/stores/registry.ts';

const usual = {
  isCluster: false,
  database: 0,
  username: undefined,
  password: undefined,
  isEncrypted: false,
  ca: undefined,
  prefix: 'proviso',
};

test.each([
  ['redis://cache.example', { shown: 'redis://cache.example:6379', nodes: [{ host: 'cache.example', port: 6379 }] }],
  ['redis://', { shown: 'redis://localhost:6379', nodes: [{ host: 'localhost', port: 6379 }] }],
  ['REDIS://[::1]:7000/3', { shown: 'redis://[::1]:7000', nodes: [{ host: '::1', port: 7000 }], database: 3 }],
  [
    'rediss://me:p%40ss%2Fword@cache.example?prefix=acme:terms',
    {
      shown: 'rediss://cache.example:6379',
      nodes: [{ host: 'cache.example', port: 6379 }],
      username: 'me',
      password: 'p@ss/word',
      isEncrypted: true,
      prefix: 'acme:terms',
    },
  ],
  [
    'redis://:hunter2@a.example:7000?cluster=true&nodes=b.example:7001,[::1]:7002',
    {
      shown: 'redis://a.example:7000',
      password: 'hunter2',
      isCluster: true,
      nodes: [
        { host: 'a.example', port: 7000 },
        { host: 'b.example', port: 7001 },
        { host: '::1', port: 7002 },
      ],
    },
  ],
])('%s says where a Redis is', (url, address) => {
  expect(readRedisAddress(url, '/')).toEqual({ ...usual, ...address });
});

test('the certificates to trust are read from a file, from the root or from a base', () => {
  const base = mkdtempSync(join(tmpdir(), 'proviso-url-'));
  writeFileSync(join(base, 'ca.pem'), 'certificates');
  for (const path of ['ca.pem', `${base}/ca.pem`])
    expect(readRedisAddress(`rediss://cache.example?ca=${path}`, base).ca).toBe('certificates');
  rmSync(base, { recursive: true });
});

test.each([
  ['redis://user:hunter2@host:port/0', /cannot be read; write redis:/],
  ['redis://user:hunter2%@host', /"%" that stands for nothing/],
  ['redis://:hunter2@host/zero', /number of a database/],
  ['redis://:hunter2@host/0/1', /number of a database/],
  ['redis://:hunter2@host?db=3', /takes prefix, cluster, nodes and ca/],
  ['redis://:hunter2@host?cluster=yes', /cluster= of a Redis URL is true or false/],
  ['redis://:hunter2@host/1?cluster=true', /has one database/],
  ['redis://:hunter2@host?nodes=b:7001', /write cluster=true beside it/],
  ['redis://:hunter2@host?cluster=true&nodes=b', /host:port,host:port/],
  ['redis://:hunter2@host?cluster=true&nodes=me:hunter2@b:7001', /host:port,host:port/],
  ['redis://:hunter2@host?prefix=', /up to 63 letters/],
  ['redis://:hunter2@host?prefix=a*', /up to 63 letters/],
  ['redis://:hunter2@host?prefix={a}', /up to 63 letters/],
  ['redis://:hunter2@host?ca=/nowhere.pem', /write rediss:/],
  ['rediss://:hunter2@host?ca=/nowhere/ca.pem', /cannot be read \(ENOENT\)/],
])('%s is refused without repeating a secret', async (url, message) => {
  const error = await openStore(url).catch((caught: Error) => caught);
  expect(error).toMatchObject({ name: 'StoreError', trouble: 'unsuitable', message: expect.stringMatching(message) });
  const { stack, cause } = error as Error;
  expect(`${stack} ${JSON.stringify(error)} ${cause}`).not.toContain('hunter2');
});
