import { describe, expect, test } from 'vitest';
import { sha256 } from '../../runtime/snapshot/object.ts';
import type { Asked } from '../fixtures/servers/s3.ts';
import { s3Stores } from '../fixtures/servers/s3-store.ts';

const s3 = s3Stores();
const hasty = { request: 600, swap: 400, attempt: 100 };
const objectsOf = (...texts: string[]): Map<string, Uint8Array> =>
  new Map(texts.map((text) => [sha256(text), Buffer.from(text)]));
const keyOf = (text: string): string => `bucket/terms/objects/${sha256(text)}`;
const later = (): Date => new Date(Date.now() + 60_000);
const isRemoval = ({ method, of }: Asked): boolean => method === 'POST' && of.includes('delete');

test('an object is one key, asked for once and by thirty-two at a time', async () => {
  const store = await s3.open();
  const objects = objectsOf(...Array.from({ length: 200 }, (_, index) => `object ${index}`));
  let [now, most] = [0, 0];
  s3.server.fault = () => {
    now += 1;
    most = Math.max(most, now);
    setImmediate(() => {
      now -= 1;
    });
    return undefined;
  };
  await store.putAll(objects);
  expect(s3.server.keys()).toHaveLength(200);
  expect(s3.asked()).toHaveLength(200);
  expect(most).toBeLessThanOrEqual(32);
  const twice = [...objects.keys(), ...objects.keys()];
  expect(await store.get(twice)).toEqual(objects);
  expect(s3.asked()).toHaveLength(200);
});

test('whoever asks for objects has them written again, and only those that are sound', async () => {
  const store = await s3.open();
  await store.putAll(objectsOf('sound', 'damaged', 'short'));
  const before = s3.server.read(keyOf('sound'));
  s3.server.write(keyOf('damaged'), Buffer.from('something else altogether'));
  s3.server.write(keyOf('short'), Buffer.from('x'));
  s3.asked();
  expect(await store.has(['sound', 'damaged', 'short', 'absent'].map(sha256))).toEqual(new Set([sha256('sound')]));
  expect(s3.asked().filter((each) => each.startsWith('PUT'))).toEqual([`PUT objects/${sha256('sound')}`]);
  expect(s3.server.read(keyOf('sound'))).not.toEqual(before);
  expect(await store.get([sha256('sound')])).toEqual(objectsOf('sound'));
});

describe('a sweep', () => {
  test('spares an object that is stored or asked for again between its look and its removal', async () => {
    const store = await s3.open();
    const publisher = await s3.open();
    await store.putAll(objectsOf('stored again', 'asked for', 'old'));
    let meanwhile: Promise<unknown> | undefined;
    s3.server.fault = (asked) => {
      if (!isRemoval(asked) || meanwhile) return undefined;
      meanwhile = Promise.all([publisher.putAll(objectsOf('stored again')), publisher.has([sha256('asked for')])]);
      // The removal waits for its next try, so that what happens meanwhile comes first.
      return 'slow-down';
    };
    s3.server.holdRemovals = async () => void (await meanwhile);
    expect(await store.sweep(new Set(), later())).toEqual({ objects: 1, bytes: 3 });
    expect(await store.get(['stored again', 'asked for', 'old'].map(sha256))).toEqual(
      objectsOf('stored again', 'asked for'),
    );
  });

  test('goes through all pages, and touches nothing but objects', async () => {
    const store = await s3.open();
    const kept = Array.from({ length: 10 }, (_, index) => `kept ${index}`);
    const gone = Array.from({ length: 23 }, (_, index) => `gone ${index}`);
    await store.putAll(objectsOf(...kept, ...gone));
    await store.casHead('local', 'stable', null, Buffer.from('h1'));
    s3.server.write('bucket/terms/objects/read-me', Buffer.from('not ours'));
    s3.server.write('bucket/other/objects/x', Buffer.from('not ours'));
    s3.server.pageSize = 7;
    const bytes = gone.join('').length;
    expect(await store.sweep(new Set(kept.map(sha256)), later())).toEqual({ objects: 23, bytes });
    expect(s3.server.keys()).toHaveLength(10 + 4);
    expect(await store.sweep(new Set(kept.map(sha256)), later())).toEqual({ objects: 0, bytes: 0 });
  });

  test('takes the second it cannot see for the later one', async () => {
    const store = await s3.open();
    await store.putAll(objectsOf('young'));
    expect(await store.sweep(new Set(), new Date(Math.floor(Date.now() / 1_000) * 1_000 + 999))).toEqual({
      objects: 0,
      bytes: 0,
    });
  });

  test('that may not remove says so', async () => {
    const store = await s3.open();
    await store.putAll(objectsOf('old'));
    s3.server.fault = (asked) => (isRemoval(asked) ? 'denied' : undefined);
    await expect(store.sweep(new Set(), later())).rejects.toMatchObject({ trouble: 'denied' });
    s3.server.fault = () => undefined;
    s3.server.refusesRemovals = true;
    await expect(store.sweep(new Set(), later())).rejects.toMatchObject({ trouble: 'denied' });
  });
});

test('bursts of a server that is too busy, and replies that are cut short, are sat out', async () => {
  const store = await s3.open();
  const objects = objectsOf('one', 'two', 'three', 'x'.repeat(100_000));
  const seen = new Map<string, number>();
  s3.server.fault = ({ method, key }) => {
    const count = seen.get(method + key) ?? 0;
    seen.set(method + key, count + 1);
    return (['slow-down', method === 'GET' ? 'cut-short' : 'reply-lost', undefined] as const)[count];
  };
  await store.putAll(objects);
  expect(await store.get([...objects.keys()])).toEqual(objects);
});

test('an object larger than any can be is not read to its end', async () => {
  const store = await s3.open();
  s3.server.write(keyOf('x'), Buffer.alloc(20_000_000));
  await expect(store.get([sha256('x')])).rejects.toMatchObject({ trouble: 'damaged' });
});

test('bytes that come too slowly are given up on', async () => {
  const store = await s3.open(hasty);
  await store.putAll(objectsOf('x'.repeat(10_000)));
  s3.server.fault = ({ method }) => (method === 'GET' ? 'dripping' : undefined);
  await expect(store.get([sha256('x'.repeat(10_000))])).rejects.toMatchObject({ trouble: 'unavailable' });
});
