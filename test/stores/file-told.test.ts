import fs, { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../runtime/snapshot/object.ts';
import type { Disk } from '../../runtime/stores/file/disk.ts';
import { HeadLog } from '../../runtime/stores/file/head-log.ts';
import { Scratch } from '../../runtime/stores/file/scratch.ts';
import { openFileStore } from '../../runtime/stores/file.ts';

const [env, channel] = ['local', 'stable'];
let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'proviso-file-')), 'store');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

/** Adds a head, by a store of its own. */
async function add(text: string, place: string = env): Promise<void> {
  const store = openFileStore(folder);
  const token = (await store.getHead(place, channel))?.token ?? null;
  expect(await store.casHead(place, channel, token, Buffer.from(text))).toBe('ok');
}

describe('a reader of a folder that has read a head', () => {
  /** What is opened of the heads, by name. */
  function noting() {
    const opened: string[] = [];
    const disk: Disk = {
      ...fs,
      openSync: (path, flags) => {
        if (path.includes('heads')) opened.push(path.slice(path.lastIndexOf('/') + 1));
        return fs.openSync(path, flags);
      },
    };
    return { disk, opened };
  }

  test('looks behind it first', async () => {
    await add('one');
    const { disk, opened } = noting();
    const reader = openFileStore(folder, disk);
    await reader.getHead(env, channel);
    await add('two');
    opened.length = 0;
    expect((await reader.getHead(env, channel))?.token).toMatch(/^2-/);
    expect(opened).toEqual(['2', '3']);
    opened.length = 0;
    expect((await reader.getHead(env, channel))?.token).toMatch(/^2-/);
    expect(opened).toEqual(['3', 'HEAD', '2', '3']);
  });

  test.each([1, 2, 3, 4])('reads what is there after all was dropped and %i came anew', async (count) => {
    for (const number of [1, 2]) await add(`old ${number}`, 'scratch-1');
    const reader = openFileStore(folder);
    expect(String((await reader.getHead('scratch-1', channel))?.envelope)).toBe('old 2');
    await openFileStore(folder).dropScratch('scratch-1');
    for (let number = 1; number <= count; number += 1) await add(`new ${number}`, 'scratch-1');
    expect(String((await reader.getHead('scratch-1', channel))?.envelope)).toBe(`new ${count}`);
  });

  test('and is told of the next finds what that names without a look into what was there before', async () => {
    const writer = openFileStore(folder);
    // So many that only what is looked for of the index is read.
    await writer.putAll(
      new Map(Array.from({ length: 5_000 }, (_, number) => [sha256(String(number)), Buffer.from(String(number))])),
    );
    await add('one');
    const opened: string[] = [];
    const reader = openFileStore(folder, {
      ...fs,
      openSync: (path, flags) => {
        if (path.includes('packs')) opened.push(path);
        return fs.openSync(path, flags);
      },
    });
    await reader.get([sha256('7')]);
    const [large] = opened;
    const told = new Promise<void>((resolve) => {
      const stop = reader.watch?.(env, channel, () => {
        stop?.();
        resolve();
      });
    });
    await writer.putAll(new Map([[sha256('new'), Buffer.from('new')]]));
    await add('two');
    await told;
    opened.length = 0;
    expect((await reader.get([sha256('new')])).size).toBe(1);
    expect(opened).not.toEqual([]);
    expect(opened).not.toContain(large);
  });

  test('is told of heads, and not again of the number that is written behind each', () => {
    const log = new HeadLog(fs, folder, new Scratch(fs, folder), env, channel);
    expect(['7', undefined, 'HEAD'].map((name) => log.isNews(name))).toEqual([true, true, false]);
  });
});
