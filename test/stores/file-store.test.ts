import fs, { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { publish } from '../../engine/publish/publish.ts';
import { sha256 } from '../../runtime/snapshot/object.ts';
import type { Disk } from '../../runtime/stores/file/disk.ts';
import { HeadLog } from '../../runtime/stores/file/head-log.ts';
import { Scratch } from '../../runtime/stores/file/scratch.ts';
import { openFileStore } from '../../runtime/stores/file.ts';
import { MemoryDisk } from '../fixtures/release/memory-disk.ts';
import {
  numberedSnapshot,
  readEverything,
  sampleRequest,
  sampleTarget,
  sampleTools,
} from '../fixtures/release/sample.ts';

const numbered = (count: number): Map<string, Buffer> =>
  new Map(Array.from({ length: count }, (_, number) => [sha256(String(number)), Buffer.from(String(number))]));

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'proviso-file-')), 'store');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

const { env, channel } = sampleTarget;
const headFile = (name: string): string => join(folder, 'heads', env, channel, name);
const publishNumber = (number: number, disk?: Disk) => {
  const store = openFileStore(folder, disk);
  return publish(
    sampleTools(store, () => numberedSnapshot(number)),
    sampleRequest(`c${number}`),
  );
};
const newest = async (disk?: Disk): Promise<number> => (await readEverything(openFileStore(folder, disk))).length;

describe('the folder', () => {
  test('is not made by reading', async () => {
    expect(await newest()).toBe(0);
    expect(fs.existsSync(folder)).toBe(false);
  });

  test('gets one pack and one head a publish, and no unfinished file', async () => {
    await publishNumber(1);
    await publishNumber(2);
    expect(readdirSync(join(folder, 'packs')).length).toBe(2);
    expect(readdirSync(join(folder, 'heads', env, channel)).sort()).toEqual(['1', '2', 'HEAD']);
    expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
  });

  test('is made whole from several levels up', async () => {
    folder = join(folder, 'deep', 'er');
    expect((await publishNumber(1)).outcome).toBe('published');
    folder = join(folder, '..', '..');
  });

  test('loses unfinished files of publishers that were killed, an hour later', async () => {
    mkdirSync(join(folder, 'tmp'), { recursive: true });
    for (const [name, hours] of [
      ['killed', 1.1],
      ['at-work', 0.9],
    ] as const) {
      writeFileSync(join(folder, 'tmp', name), 'half');
      const then = new Date(Date.now() - hours * 3_600_000);
      utimesSync(join(folder, 'tmp', name), then, then);
    }
    await publishNumber(1);
    expect(readdirSync(join(folder, 'tmp'))).toEqual(['at-work']);
  });
});

describe('the hint at the head', () => {
  test.each(['', 'x', '0', '-1', '1e3', '00', '99999', ' 2', '9'.repeat(40).slice(0, 31)])(
    'does no harm when it is "%s"',
    async (text) => {
      for (const number of [1, 2, 3]) await publishNumber(number);
      writeFileSync(headFile('HEAD'), text);
      expect(await newest()).toBe(3);
      expect((await publishNumber(4)).outcome).toBe('published');
      expect(readFileSync(headFile('HEAD'), 'utf8')).toBe('4');
    },
  );

  test('may be late or missing', async () => {
    for (const number of [1, 2, 3]) await publishNumber(number);
    writeFileSync(headFile('HEAD'), '1');
    expect(await newest()).toBe(3);
    rmSync(headFile('HEAD'));
    expect(await newest()).toBe(3);
  });

  test('saves the reader a look at the whole folder', async () => {
    for (const number of [1, 2, 3]) await publishNumber(number);
    const disk: Disk = {
      ...fs,
      readdirSync: (path) => {
        if (path.includes('heads')) throw new Error('listed the heads');
        return fs.readdirSync(path);
      },
    };
    expect(await newest(disk)).toBe(3);
    expect((await publishNumber(4, disk)).outcome).toBe('published');
  });
});

describe('trouble with the disk is said in plain words', () => {
  const failing = (call: keyof Disk, code: string, from = 1): Disk => {
    let calls = 0;
    const fail = (...args: unknown[]): unknown => {
      calls += 1;
      if (calls >= from) throw Object.assign(new Error(code), { code });
      return (fs[call] as (...args: unknown[]) => unknown)(...args);
    };
    return { ...fs, [call]: fail };
  };

  test.each([
    ['mkdirSync', 'EACCES', 'denied', /permissions of the folder/],
    ['openSync', 'EACCES', 'denied', /permissions of the folder/],
    ['mkdirSync', 'EROFS', 'denied', /read-only/],
    ['writeSync', 'ENOSPC', 'full', /make room and publish again/],
    ['fsyncSync', 'EDQUOT', 'full', /quota/],
    ['writeSync', 'EIO', 'unavailable', /EIO/],
    ['linkSync', 'EIO', 'unavailable', /EIO/],
  ] as const)('%s answers %s', async (call, code, trouble, message) => {
    const rejected = publishNumber(1, failing(call, code));
    await expect(rejected).rejects.toMatchObject({
      name: 'StoreError',
      trouble,
      message: expect.stringMatching(message),
    });
    expect(await newest()).toBe(0);
    expect((await publishNumber(1)).outcome).toBe('published');
  });

  test('a full disk at any moment leaves the release in force', async () => {
    await publishNumber(1);
    for (let from = 1; ; from += 1) {
      const outcome = await publishNumber(2, failing('writeSync', 'ENOSPC', from)).then(
        (result) => result.outcome,
        (error: { trouble: string }) => error.trouble,
      );
      expect(await newest()).toBe(outcome === 'published' ? 2 : 1);
      if (outcome === 'published') break;
      expect(outcome).toBe('full');
    }
    expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
  });

  test('a sync that fails after the head is seen is settled by reading', async () => {
    let linked = false;
    const disk: Disk = {
      ...fs,
      linkSync: (from, to) => {
        fs.linkSync(from, to);
        linked = true;
      },
      fsyncSync: (fd) => {
        if (linked) throw Object.assign(new Error('EIO'), { code: 'EIO' });
        fs.fsyncSync(fd);
      },
    };
    const store = openFileStore(folder, disk);
    expect(await store.casHead(env, channel, null, Buffer.from('h1'))).toBe('unknown');
    expect((await store.getHead(env, channel))?.envelope.toString()).toBe('h1');
  });

  test('a file instead of a folder', async () => {
    writeFileSync(folder, 'not a folder');
    const store = openFileStore(folder);
    const refusal = { trouble: 'unsuitable', message: expect.stringMatching(/not a folder/) };
    await expect(store.get([sha256('x')])).rejects.toMatchObject(refusal);
    await expect(store.getHead(env, channel)).rejects.toMatchObject(refusal);
    await expect(store.putAll(new Map([[sha256('x'), Buffer.from('x')]]))).rejects.toMatchObject(refusal);
  });

  test('a network disk', async () => {
    await expect(publishNumber(1, { ...fs, statfsSync: () => ({ type: 0x6969 }) })).rejects.toMatchObject({
      trouble: 'unsuitable',
      message: expect.stringMatching(/network disk \(NFS\)/),
    });
  });

  test('a pack that lost its end while it was in use', async () => {
    const disk = new MemoryDisk();
    const store = openFileStore('/store', disk);
    const objects = new Map([[sha256('one'), Buffer.from('one')]]);
    await store.putAll(objects);
    expect(await store.get([sha256('one')])).toEqual(objects);
    for (const file of disk.files.keys()) disk.files.set(file, Buffer.from('on'));
    await expect(store.get([sha256('one')])).rejects.toMatchObject({
      trouble: 'damaged',
      message: expect.stringMatching(/shorter/),
    });
  });

  test('a pack that cannot be read has none of its objects, and no sweep removes it', async () => {
    const disk = new MemoryDisk();
    await openFileStore('/store', disk).putAll(new Map([[sha256('one'), Buffer.from('one')]]));
    for (const file of disk.files.keys()) disk.files.set(file, Buffer.from('not a pack'));
    const store = openFileStore('/store', disk);
    await store.putAll(new Map([[sha256('two'), Buffer.from('two')]]));
    expect([...(await store.get([sha256('one'), sha256('two')])).keys()]).toEqual([sha256('two')]);
    await store.sweep(new Set(), new Date(Date.now() + 1000));
    expect(disk.readdirSync('/store/packs').length).toBe(1);
  });

  test('an index that is damaged in one place hides what stands there and nothing else, and no sweep removes its pack', async () => {
    const disk = new MemoryDisk();
    const objects = numbered(2_000);
    await openFileStore('/store', disk).putAll(objects);
    const [pack = 0] = disk.files.keys();
    const whole = disk.files.get(pack) as Buffer;
    const damaged = Buffer.from(whole);
    const at = whole.indexOf(Buffer.from([...objects.keys()].sort()[700] as string, 'hex'));
    damaged[at] = (damaged[at] as number) ^ 1;
    disk.files.set(pack, damaged);
    const store = openFileStore('/store', disk);
    const there = await store.has(objects.keys());
    const hidden = [...objects.keys()].sort().slice(512, 768);
    expect([...objects.keys()].filter((hash) => !there.has(hash)).sort()).toEqual(hidden);
    await store.sweep(new Set(), new Date(Date.now() + 1000));
    expect(disk.files.get(pack)).toEqual(damaged);
    await store.putAll(new Map(hidden.map((hash) => [hash, objects.get(hash) as Buffer])));
    expect(await store.get([...objects.keys()])).toEqual(objects);
  });

  test('a head that grew beyond any head', async () => {
    await publishNumber(1);
    writeFileSync(headFile('1'), Buffer.alloc(16_385));
    await expect(newest()).rejects.toMatchObject({ trouble: 'damaged' });
  });
});

test('one object costs as much to find among twenty thousand as among one thousand', async () => {
  const bytesFor = async (count: number): Promise<number> => {
    await openFileStore(folder).putAll(numbered(count));
    let read = 0;
    const readSync: Disk['readSync'] = (fd, into, offset, length, position) => {
      read += length;
      return fs.readSync(fd, into, offset, length, position);
    };
    const store = openFileStore(folder, { ...fs, readSync });
    expect(await store.get([sha256('7')])).toEqual(new Map([[sha256('7'), Buffer.from('7')]]));
    rmSync(folder, { recursive: true });
    // The directory, 64 bytes for 256 objects, is all that grows.
    return read - Math.ceil(count / 256) * 64;
  };
  expect(await bytesFor(20_480)).toBe(await bytesFor(1_024));
});

test('of many small packs each is opened once to know what is in it', async () => {
  const objects = numbered(1_500);
  const writer = openFileStore(folder);
  for (const [hash, bytes] of objects) await writer.putAll(new Map([[hash, bytes]]));
  let opened = 0;
  const openSync: Disk['openSync'] = (path, flags) => {
    opened += 1;
    return fs.openSync(path, flags);
  };
  const store = openFileStore(folder, { ...fs, openSync });
  expect(await store.get([sha256('0')])).toEqual(new Map([[sha256('0'), Buffer.from('0')]]));
  expect(opened).toBe(1_501);
  for (const number of ['1', '700', '1499']) await store.get([sha256(number)]);
  expect(opened).toBe(1_504);
});

test('a pack that is asked for while it is being swept stays', async () => {
  const disk = new MemoryDisk();
  const [sweeper, publisher] = [openFileStore('/store', disk), openFileStore('/store', disk)];
  const objects = new Map([[sha256('old'), Buffer.from('old')]]);
  await sweeper.putAll(objects);
  const answers: Promise<unknown>[] = [];
  const sweptUntil = new Date(Date.now() + 60_000);
  disk.before = (operation) => {
    if (operation.kind !== 'name' || operation.folder !== '/store/tmp') return;
    disk.before = () => {};
    answers.push(publisher.has(objects.keys()));
    const [pack] = disk.readdirSync('/store/packs');
    disk.utimesSync(`/store/packs/${pack}`, sweptUntil, sweptUntil);
  };
  await sweeper.sweep(new Set(), sweptUntil);
  expect(await Promise.all(answers)).toEqual([new Set(objects.keys())]);
  expect(await publisher.get([sha256('old')])).toEqual(objects);
});

describe('two processes that swap at once', () => {
  const open = (disk: MemoryDisk) => new HeadLog(disk, '/store', new Scratch(disk, '/store'), env, channel);
  const swapAt = (disk: MemoryDisk, moment: number): string[] => {
    const [first, second] = [open(disk), open(disk)];
    const swaps: string[] = [];
    let operations = 0;
    disk.before = () => {
      operations += 1;
      if (operations !== moment) return;
      swaps.push(second.swap(null, Buffer.from('second'), () => {}));
    };
    swaps.push(first.swap(null, Buffer.from('first'), () => {}));
    return swaps;
  };

  test('have one winner, wherever one overtakes the other', () => {
    for (let moment = 1; moment <= 20; moment += 1) {
      const disk = new MemoryDisk();
      const swaps = swapAt(disk, moment);
      expect([moment, swaps.filter((swap) => swap === 'ok').length]).toEqual([moment, 1]);
      expect([...open(disk).list()].length).toBe(1);
    }
  });

  test('would both win if they looked first and wrote then', () => {
    class LookThenWrite extends MemoryDisk {
      override linkSync(from: string, to: string): void {
        if (this.readdirSync('/store/heads/local/stable').includes('1')) super.linkSync(from, to);
        else super.renameSync(from, to);
      }
    }
    const winners = Array.from(
      { length: 20 },
      (_, index) => swapAt(new LookThenWrite(), index + 1).filter((swap) => swap === 'ok').length,
    );
    expect(winners).toContain(2);
  });
});
