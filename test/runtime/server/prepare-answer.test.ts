import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { prepareAnswer } from '../../../runtime/server/prepare-answer.ts';

const json = { promises: Array.from({ length: 40 }, (_, index) => `what was promised under number ${index}`) };

it('sends what is compressed as the bytes it has', async () => {
  const { body, bytes } = await prepareAnswer({ status: 200, json }, 'settings:read', true).coded('gzip');
  const sent = Buffer.from(body as string, 'latin1');
  expect(gunzipSync(sent).toString()).toBe(JSON.stringify(json));
  expect(bytes).toBe(sent.length);
});

it('sends text of other alphabets as the bytes it has, and says how many', () => {
  const { body, bytes, head } = prepareAnswer(
    { status: 200, json: { name: 'Ångström 株式会社' } },
    'open',
    false,
  ).plain();
  expect(Buffer.from(body as string, 'latin1').toString()).toBe('{"name":"Ångström 株式会社"}');
  const long = Buffer.byteLength('{"name":"Ångström 株式会社"}');
  expect([bytes, /^Content-Length: (.*)\r$/m.exec(head)?.[1]]).toEqual([long, String(long)]);
});
