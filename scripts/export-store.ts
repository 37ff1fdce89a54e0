import { rmSync } from 'node:fs';
import { readBackupFile, writeBackupFile } from '../engine/io/backup-file.ts';
import { checkBackup } from '../engine/publish/backup/check-backup.ts';
import { exportBackup } from '../engine/publish/backup/export-backup.ts';
import { BackupError, writeFrames } from '../engine/publish/backup/frames.ts';
import { UsageError } from '../engine/usage-error.ts';
import { SnapshotError } from '../runtime/snapshot/object.ts';
import type { StorePlace, WriteStore } from '../runtime/stores/store.ts';
import type { Context } from './command.ts';

/** Writes a backup and reads it again: one that nobody has read is none. Tells how much it holds. */
export async function exportStore(
  { now, progress }: Pick<Context, 'now' | 'progress'>,
  store: WriteStore,
  places: readonly StorePlace[],
  path: string,
): Promise<{ places: readonly StorePlace[]; releases: number; heads: number; objects: number; bytes: number }> {
  const tools = { store, now: () => new Date(now()), progress };
  try {
    await writeBackupFile(path, writeFrames(exportBackup(tools, places)));
    progress('reading it again');
    const { contents, objects, bytes } = await checkBackup(readBackupFile(path));
    const heads = contents.places.reduce((sum, place) => sum + place.heads, 0);
    return { places: contents.places, releases: contents.roots.length, heads, objects, bytes };
  } catch (error) {
    if (!(error instanceof SnapshotError) && !(error instanceof BackupError)) throw error;
    rmSync(path, { force: true });
    throw new UsageError(
      `there is nothing whole to back up: ${error.message}`,
      '`proviso verify` names what is damaged',
    );
  } finally {
    progress('');
  }
}
