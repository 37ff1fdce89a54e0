import { join } from 'node:path';
import { maxReportBytes, maxReports } from '../../snapshot/client-report.ts';
import { sha256 } from '../../snapshot/object.ts';
import { checkPlace } from '../driver/check-place.ts';
import { type ClientReports, StoreError } from '../store.ts';
import { type Disk, readWhole, reportTrouble, unless, writeDurably } from './disk.ts';
import type { Scratch } from './scratch.ts';

/** Reports that are written between two looks at those whose time is over. */
const betweenSweeps = 60;

/** A file a client, named by the hash of its name; its time of change is when it stops to count. */
export function fileReports(disk: Disk, root: string, scratch: Scratch): ClientReports {
  let written = 0;
  const folderOf = (env: string): string => {
    checkPlace(env, 'stable');
    return join(root, 'clients', env);
  };
  const run = <T>(work: () => T): T => reportTrouble(root, work);
  const untilOf = (path: string): number => unless(['ENOENT'], () => disk.statSync(path).mtimeMs) ?? 0;
  const namesIn = (folder: string): string[] =>
    (unless(['ENOENT'], () => disk.readdirSync(folder)) ?? []).filter((name) => /^[0-9a-f]{64}$/.test(name));
  const drop = (path: string): unknown => unless(['ENOENT'], () => disk.unlinkSync(path));

  function sweep(folder: string): void {
    for (const name of namesIn(folder)) {
      const path = join(folder, name);
      if (untilOf(path) < Date.now()) drop(path);
    }
  }

  return {
    put: async (env, client, bytes, keepForMs) =>
      run(() => {
        const folder = folderOf(env);
        scratch.makeFolder(folder);
        if (written % betweenSweeps === 0) sweep(folder);
        written += 1;
        const draft = scratch.path();
        writeDurably(disk, draft, [bytes]);
        const until = new Date(Date.now() + keepForMs);
        disk.utimesSync(draft, until, until);
        disk.renameSync(draft, join(folder, sha256(client)));
      }),
    remove: async (env, client) => run(() => void drop(join(folderOf(env), sha256(client)))),
    async *list(env) {
      const folder = folderOf(env);
      let count = 0;
      for (const name of run(() => namesIn(folder))) {
        const path = join(folder, name);
        if (run(() => untilOf(path)) < Date.now()) continue;
        const bytes = run(() => readReport(disk, path));
        if (!bytes) continue;
        yield bytes;
        count += 1;
        if (count === maxReports) return;
      }
    },
  };
}

/** Undefined where it was taken back meanwhile. */
function readReport(disk: Disk, path: string): Uint8Array | undefined {
  try {
    return readWhole(disk, path, maxReportBytes);
  } catch (error) {
    if (error instanceof StoreError && error.trouble === 'damaged') return new Uint8Array();
    throw error;
  }
}
