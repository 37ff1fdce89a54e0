import { describe, expect, test } from 'vitest';
import type { Swap, WriteStore } from '../../runtime/stores/store.ts';
import type { Asked, Fault } from '../fixtures/servers/s3.ts';
import { s3Stores } from '../fixtures/servers/s3-store.ts';

const s3 = s3Stores();
const hasty = { request: 400, swap: 400, attempt: 100 };
const keyOf = (seq: number): string => `bucket/terms/heads/local/stable/${String(seq).padStart(15, '0')}`;
const hintKey = 'bucket/terms/hints/local/stable';

const headsOf = async (store: WriteStore): Promise<string[]> => {
  const heads: string[] = [];
  for await (const envelope of store.history('local', 'stable')) heads.push(Buffer.from(envelope).toString());
  return heads;
};
const headOf = async (store: WriteStore): Promise<string | undefined> => {
  const head = await store.getHead('local', 'stable');
  return head && Buffer.from(head.envelope).toString();
};
const swap = async (store: WriteStore, text: string): Promise<Swap> => {
  const token = (await store.getHead('local', 'stable'))?.token ?? null;
  return store.casHead('local', 'stable', token, Buffer.from(text));
};
const publish = async (store: WriteStore, count: number): Promise<void> => {
  for (let n = 1; n <= count; n += 1) expect(await swap(store, `h${n}`)).toBe('ok');
};

const isCreation = ({ method, headers }: Asked): boolean => method === 'PUT' && headers['if-none-match'] === '*';
/** Faults of the first requests that create a head. */
const onCreation = (faults: readonly (Fault | undefined)[]): void => {
  let at = 0;
  s3.server.fault = (asked) => (isCreation(asked) ? faults[at++] : undefined);
};
const many = (fault: Fault): Fault[] => Array.from({ length: 100 }, () => fault);

describe('a head is created exactly once and the answer is right, whatever the server says at first:', () => {
  test.each<[string, Fault[]]>([
    ['too busy', ['slow-down', 'slow-down', 'slow-down']],
    ['two wrote at once', ['conflict', 'conflict']],
    ['it broke', ['broken']],
    ['the reply is lost', ['reply-lost']],
    ['the reply is lost, and that of the second try too', ['reply-lost', 'reply-lost']],
    ['cut off before it was carried out', ['cut-off', 'cut-off']],
    ['no answer at all', ['hang']],
    ['one after the other', ['slow-down', 'cut-off', 'conflict', 'reply-lost']],
  ])('%s', async (_, faults) => {
    const store = await s3.open({ ...hasty, swap: 4_000 });
    await publish(store, 1);
    onCreation(faults);
    expect(await swap(store, 'h2')).toBe('ok');
    expect(await headsOf(store)).toEqual(['h2', 'h1']);
  });
});

test('a reply that is lost while somebody else wins is a lost race', async () => {
  const store = await s3.open();
  await publish(store, 1);
  let other: Promise<Swap> | undefined;
  const token = (await store.getHead('local', 'stable'))?.token ?? null;
  const rival = await s3.open();
  s3.server.fault = (asked) => {
    if (other || !isCreation(asked)) return undefined;
    other = rival.casHead('local', 'stable', token, Buffer.from('theirs'));
    return 'cut-off';
  };
  // The rival's request goes out at once, ours is repeated after a pause.
  expect(await store.casHead('local', 'stable', token, Buffer.from('ours'))).toBe('conflict');
  expect(await other).toBe('ok');
  expect(await headsOf(store)).toEqual(['theirs', 'h1']);
});

test('the same bytes by two publishers are won by one of them', async () => {
  const [one, two] = [await s3.open(), await s3.open()];
  expect(await one.casHead('local', 'stable', null, Buffer.from('same'))).toBe('ok');
  expect(await two.casHead('local', 'stable', null, Buffer.from('same'))).toBe('conflict');
});

describe('where nobody can tell whether a head was created, that is said:', () => {
  test.each<[string, Fault]>([
    ['it may still arrive', 'hang'],
    ['it broke each time', 'broken'],
  ])('%s', async (_, fault) => {
    const store = await s3.open(hasty);
    onCreation(many(fault));
    expect(await swap(store, 'h1')).toBe('unknown');
  });

  test('it was, and then the server is gone', async () => {
    const store = await s3.open(hasty);
    let isGone = false;
    s3.server.fault = (asked) => {
      if (isGone) return 'cut-off';
      isGone = isCreation(asked);
      return isGone ? 'reply-lost' : undefined;
    };
    expect(await swap(store, 'h1')).toBe('unknown');
    s3.server.fault = () => undefined;
    expect(await headOf(store)).toBe('h1');
  });

  test('somebody between keeps back who wrote it', async () => {
    const store = await s3.open(hasty);
    s3.server.write(keyOf(1), Buffer.from('h1'));
    expect(await store.casHead('local', 'stable', null, Buffer.from('h1'))).toBe('unknown');
  });
});

test('where nothing was done, nothing is claimed: a server that is too busy for long fails the publish', async () => {
  const store = await s3.open(hasty);
  for (const fault of ['slow-down', 'conflict', 'denied'] as const) {
    onCreation(many(fault));
    await expect(swap(store, 'h1')).rejects.toMatchObject({ name: 'StoreError' });
  }
  s3.server.fault = () => undefined;
  expect(await headsOf(store)).toEqual([]);
});

test('a head that cannot leave its hint behind is in force all the same', async () => {
  const store = await s3.open(hasty);
  s3.server.fault = ({ method, key }) => (method === 'PUT' && key.includes('/hints/') ? 'denied' : undefined);
  await publish(store, 3);
  expect(await headsOf(await s3.open())).toEqual(['h3', 'h2', 'h1']);
});

describe('the newest head is found', () => {
  test('with three small reads, however long the history', async () => {
    const store = await s3.open();
    await publish(store, 40);
    s3.asked();
    expect(await headOf(store)).toBe('h40');
    expect(s3.asked().sort()).toEqual([
      'GET heads/local/stable/000000000000040',
      'GET heads/local/stable/000000000000041',
      'GET hints/local/stable',
    ]);
  });

  test('with one list before the first publish', async () => {
    expect(await headOf(await s3.open())).toBeUndefined();
    expect(s3.asked()).toEqual(['GET hints/local/stable', 'GET ?list-type', 'GET heads/local/stable/000000000000001']);
  });

  test.each<[string, string | undefined, number]>([
    ['is missing', undefined, 4],
    ['is nonsense', 'nonsense', 4],
    ['points beyond the newest', '99', 6],
    ['is a little behind', '38', 5],
    ['is one before', '39', 4],
    ['is far behind', '1', 22],
  ])('where the hint %s', async (_, hint, most) => {
    const store = await s3.open();
    await publish(store, 40);
    if (hint === undefined) s3.server.remove(hintKey);
    else s3.server.write(hintKey, Buffer.from(hint));
    s3.asked();
    expect(await headOf(store)).toBe('h40');
    expect(s3.asked().length).toBeLessThanOrEqual(most);
    expect(await swap(store, 'h41')).toBe('ok');
    expect(s3.server.read(hintKey)?.toString()).toBe('41');
  });

  test('where lists are late and cut into small pages', async () => {
    const store = await s3.open();
    await publish(store, 9);
    s3.server.remove(hintKey);
    s3.server.pageSize = 2;
    for (const late of [0, 1, 5, 100]) {
      s3.server.listsLate = late;
      expect(await headOf(store)).toBe('h9');
    }
  });

  test('and a swap reads one head and writes one, and its hint', async () => {
    const store = await s3.open();
    await publish(store, 3);
    const token = (await store.getHead('local', 'stable'))?.token ?? null;
    s3.asked();
    expect(await store.casHead('local', 'stable', token, Buffer.from('h4'))).toBe('ok');
    expect(s3.asked()).toEqual([
      'GET heads/local/stable/000000000000003',
      'PUT heads/local/stable/000000000000004',
      'PUT hints/local/stable',
    ]);
  });
});

test('a history of any length comes in order, and stops where the server fails', async () => {
  const store = await s3.open(hasty);
  await publish(store, 35);
  expect(await headsOf(store)).toEqual(Array.from({ length: 35 }, (_, index) => `h${35 - index}`));
  s3.server.fault = ({ key }) => (key.endsWith('/000000000000007') ? 'denied' : undefined);
  await expect(headsOf(store)).rejects.toMatchObject({ trouble: 'denied' });
});

test('a head larger than any can be is not read to its end', async () => {
  const store = await s3.open();
  s3.server.write(keyOf(1), Buffer.alloc(5_000_000));
  await expect(store.getHead('local', 'stable')).rejects.toMatchObject({ trouble: 'damaged' });
});

test('only what was for trying out is dropped, over pages of lists', async () => {
  const store = await s3.open();
  for (const env of ['scratch-1', 'scratch-12'])
    for (const channel of ['a', 'b', 'c']) await store.casHead(env, channel, null, Buffer.from(env));
  s3.server.pageSize = 2;
  await store.dropScratch('scratch-1');
  expect(s3.server.keys().map((key) => key.replace(/0+1$/, '1'))).toEqual([
    ...['a', 'b', 'c'].map((channel) => `bucket/terms/heads/scratch-12/${channel}/1`),
    ...['a', 'b', 'c'].map((channel) => `bucket/terms/hints/scratch-12/${channel}`),
  ]);
});
