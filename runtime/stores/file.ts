import fs from 'node:fs';
import { join } from 'node:path';
import { checkScratch } from './driver/check-place.ts';
import { type Disk, reportTrouble, unless } from './file/disk.ts';
import { HeadLog } from './file/head-log.ts';
import { PackSet } from './file/pack-set.ts';
import { fileReports } from './file/reports.ts';
import { Scratch } from './file/scratch.ts';
import type { StorePlace, WriteStore } from './store.ts';

/** A store in a folder, which may also be a cache. */
export interface FileStore extends WriteStore {
  /** Begins to remove all but the newest heads, unless one was added since; no store of releases may do that. */
  forgetHeads(env: string, channel: string, keep: number, unlessSince: Date): Promise<void>;
}

/**
 * The store in a folder of this machine: `packs/` holds objects, one file a publish; `heads/<env>/<channel>/` every
 * head; `clients/<env>/` what clients report; `tmp/` what is not finished. Any number of processes may read and write it at once.
 *
 * @param folder full path; made by the first write.
 * @throws StoreError from every method when the disk refuses.
 */
export function openFileStore(folder: string, disk: Disk = fs): FileStore {
  const scratch = new Scratch(disk, folder);
  const packs = new PackSet(disk, join(folder, 'packs'), scratch);
  const logs = new Map<string, HeadLog>();
  const headLog = (env: string, channel: string): HeadLog => {
    const name = `${env}/${channel}`;
    const log = logs.get(name) ?? new HeadLog(disk, folder, scratch, env, channel);
    logs.set(name, log);
    return log;
  };
  const run = <T>(work: () => T): T => reportTrouble(folder, work);

  return {
    get: async (hashes) => run(() => packs.get(hashes)),
    has: async (hashes) => run(() => packs.has(hashes)),
    putAll: async (objects) => run(() => packs.add(objects)),
    sweep: async (keep, olderThan) => run(() => packs.sweep(keep, olderThan)),
    getHead: async (env, channel) =>
      run(() => {
        const head = headLog(env, channel).read();
        return head && { envelope: head.envelope, token: head.token };
      }),
    // What others wrote and this head relies on may not have reached the disk yet: it must, before the head is seen.
    casHead: async (env, channel, expected, envelope) =>
      run(() => headLog(env, channel).swap(expected, envelope, () => packs.sync())),
    async *history(env, channel) {
      const heads = run(() => headLog(env, channel).list());
      for (let next = run(() => heads.next()); !next.done; next = run(() => heads.next())) yield next.value;
    },
    forgetHeads: async (env, channel, keep, unlessSince) => run(() => headLog(env, channel).forget(keep, unlessSince)),
    places: async () => run(() => listPlaces(disk, join(folder, 'heads'))),
    dropScratch: async (env) => {
      checkScratch(env);
      run(() => scratch.removeTree(join(folder, 'heads', env)));
    },
    reports: fileReports(disk, folder, scratch),
    watch(env, channel, onHint) {
      const log = headLog(env, channel);
      return watchFolder(log.folder, (name) => {
        if (!log.isNews(name)) return;
        packs.expectMore();
        onHint();
      });
    },
    close: async () => {},
  };
}

/** A folder that was made and has no head yet, because its publisher was killed or is not done, is no place. */
function listPlaces(disk: Disk, heads: string): StorePlace[] {
  const namesIn = (path: string): string[] => unless(['ENOENT', 'ENOTDIR'], () => disk.readdirSync(path)) ?? [];
  return namesIn(heads).flatMap((env) =>
    namesIn(join(heads, env)).flatMap((channel) =>
      namesIn(join(heads, env, channel)).some((name) => /^\d+$/.test(name)) ? [{ env, channel }] : [],
    ),
  );
}

/** Without a folder to watch there is nothing to hint at; the caller polls anyway. */
function watchFolder(folder: string, onChange: (name: string | undefined) => void): () => void {
  try {
    const watcher = fs.watch(folder, { persistent: false }, (_, name) => onChange(name ?? undefined));
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => {};
  }
}
