import { readBackupFile } from '../engine/io/backup-file.ts';
import { type Imported, importBackup } from '../engine/publish/backup/import-backup.ts';
import type { Refused } from '../engine/publish/outcome.ts';
import type { Lost } from '../engine/publish/swap-head.ts';
import type { WriteStore } from '../runtime/stores/store.ts';
import type { Context } from './command.ts';
import { openSigning } from './open-signing.ts';
import { targetOf } from './release-tools.ts';

/** Brings a backup back, each place of it held against the keys of its environment. */
export async function importStore(
  context: Context,
  store: WriteStore,
  path: string,
  dryRun: boolean,
): Promise<Imported | Refused | Lost> {
  const result = await importBackup(
    {
      store,
      read: () => readBackupFile(path),
      progress: context.progress,
      async trust({ env, channel }) {
        const of = { ...context, environment: env, channel };
        const signing = await openSigning({ ...of, variables: {} });
        return { place: await targetOf(of), ...(signing && { signing }) };
      },
    },
    { dryRun },
  );
  context.progress('');
  return result;
}
