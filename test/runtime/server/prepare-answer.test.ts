import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { prepareAnswer } from '../../../runtime/server/prepare-answer.ts';

const json = { promises: Array.from({ length: 40 }, (_, index) => `what was promised under number ${index}`) };

it('keeps no more memory for a compressed answer than it is long', async () => {
  const { body, bytes } = await prepareAnswer({ status: 200, json }, 'settings:read', true, 65).coded('gzip');
  expect(gunzipSync(body as Buffer).toString()).toBe(JSON.stringify(json));
  expect([bytes, (body as Buffer).buffer.byteLength]).toEqual([(body as Buffer).length, (body as Buffer).length]);
});

it('sends text of other alphabets as the bytes it has, and says how many', () => {
  const { body, bytes, head } = prepareAnswer(
    { status: 200, json: { name: 'Ångström 株式会社' } },
    'open',
    false,
    65,
  ).plain();
  expect(body?.toString()).toBe('{"name":"Ångström 株式会社"}');
  const long = Buffer.byteLength('{"name":"Ångström 株式会社"}');
  expect([bytes, head[head.indexOf('Content-Length') + 1]]).toEqual([long, String(long)]);
});
