import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { sha256 } from '../../runtime/snapshot/object.ts';
import { openStore, withoutSecrets } from '../../runtime/stores/registry.ts';

const one = new Map([[sha256('one'), Buffer.from('one')]]);

test('a file URL names a folder, from the root or from a base', async () => {
  const base = mkdtempSync(join(tmpdir(), 'proviso-url-'));
  const urls: [string, string][] = [
    ['file:./plain', 'plain'],
    ['file:.proviso/store', '.proviso/store'],
    ['FILE:with space', 'with space'],
    [`file:${base}/full`, 'full'],
    [pathToFileURL(`${base}/as url`).href, 'as url'],
  ];
  for (const [url, folder] of urls) {
    await (await openStore(url, base)).putAll(one);
    expect([url, existsSync(join(base, folder, 'packs'))]).toEqual([url, true]);
  }
  rmSync(base, { recursive: true });
});

test.each([
  ['redis://user:hunter2@cache.example/0', /no store of kind "redis:" \(known: file:/],
  ['constructor:x', /no store of kind "constructor:"/],
  ['./store', /named by a URL such as file:/],
  ['', /named by a URL such as file:/],
  ['file:', /needs a folder/],
  ['file://cache.example/store', /full path of a folder on this machine/],
])('%s is refused without repeating a secret', async (url, message) => {
  const error = await openStore(url).catch((caught: Error) => caught);
  expect(error).toMatchObject({ name: 'StoreError', trouble: 'unsuitable', message: expect.stringMatching(message) });
  expect(String((error as Error).stack)).not.toContain('hunter2');
});

test.each([
  ['file:./.proviso/store', 'file:./.proviso/store'],
  ['redis://cache.example/0', 'redis://cache.example/0'],
  ['redis://:hunter2@cache.example/0', 'redis://***@cache.example/0'],
  ['postgres://user:hun/ter@2@db.example/x?password=hunter2', 'postgres://***@db.example/x?***'],
])('%s is printed as %s', (url, printed) => {
  expect(withoutSecrets(url)).toBe(printed);
});
