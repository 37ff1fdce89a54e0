import { sha256 } from '../../../runtime/snapshot/object.ts';
import type { StorePlace, Tally, WriteStore } from '../../../runtime/stores/store.ts';
import { examineHeads } from '../examine-heads.ts';
import { type Refused, refuse } from '../outcome.ts';
import type { Place } from '../place.ts';
import type { Signing } from '../signing.ts';
import type { Lost } from '../swap-head.ts';
import { type CheckedBackup, checkBackup } from './check-backup.ts';
import { BackupError, readFrames } from './frames.ts';

export interface ImportTools {
  store: WriteStore;
  /** The bytes of the backup, from the beginning; called twice. */
  read(): AsyncIterable<Uint8Array>;
  /** Whose heads belong in a place of the backup, and how they are signed there. */
  trust(place: StorePlace): Promise<{ place: Place; signing?: Signing }>;
  progress?(line: string): void;
}

export interface Imported {
  outcome: 'imported' | 'planned';
  made: string;
  /** `heads`: those that were put in force now; `before`: those the store had. */
  places: readonly (StorePlace & { before: number; heads: number; release: number })[];
  written: Tally;
}

/**
 * Brings a backup back: into an empty store, or one whose heads are the first ones of the backup's. All of it is checked
 * before anything is written; then objects come, then heads, oldest first. Repeating it goes on where it was stopped.
 *
 * @throws StoreError when the store cannot be used.
 */
export async function importBackup(
  tools: ImportTools,
  { dryRun = false }: { dryRun?: boolean } = {},
): Promise<Imported | Refused | Lost> {
  const { store, read, progress = () => {} } = tools;
  progress('checking the backup');
  let backup: CheckedBackup;
  try {
    backup = await checkBackup(read());
  } catch (error) {
    if (!(error instanceof BackupError)) throw error;
    return refuse('backup', `nothing was written: the backup is not whole: ${error.message}`, 'take another backup');
  }
  const plan: { place: StorePlace; before: number; rest: readonly Uint8Array[]; release: number }[] = [];
  for (const [index, { env, channel }] of backup.contents.places.entries()) {
    const heads = backup.heads[index] ?? [];
    const checked = await checkHeads(tools, { env, channel }, heads);
    if ('outcome' in checked) return checked;
    const before = await startOf(store, { env, channel }, heads);
    if (typeof before !== 'number') return before;
    plan.push({ place: { env, channel }, before, rest: heads.slice(before), release: checked.release });
  }
  const places = plan.map(({ place, before, rest, release }) => ({ ...place, before, heads: rest.length, release }));
  const { made } = backup.contents;
  if (dryRun) return { outcome: 'planned', made, places, written: { objects: backup.objects, bytes: backup.bytes } };
  const written = await writeObjects(tools, backup.objects);
  for (const { place, rest } of plan)
    for (const envelope of rest) {
      const token = (await store.getHead(place.env, place.channel))?.token ?? null;
      const swap = await store.casHead(place.env, place.channel, token, envelope);
      const isOurs = swap !== 'conflict' && (await isNewest(store, place, envelope));
      if (!isOurs) return { outcome: 'lost', tries: 1 };
    }
  return { outcome: 'imported', made, places, written };
}

/** Every head of a place must be as it was put in force, and the newest one of ours. */
async function checkHeads(
  { trust }: ImportTools,
  place: StorePlace,
  heads: readonly Uint8Array[],
): Promise<{ release: number } | Refused> {
  const trusted = await trust(place);
  const history = async function* (): AsyncGenerator<Uint8Array> {
    yield* [...heads].reverse();
  };
  let release: number | undefined;
  for await (const { head, hash, fault } of examineHeads({ history }, trusted.place, trusted.signing)) {
    if (fault !== undefined)
      return refuse(
        'backup',
        `nothing was written: head ${hash} of ${place.env}/${place.channel} in the backup is not one to trust: ${fault}`,
        'run it in the repository whose releases these are, with its keys folder',
      );
    release ??= head?.payload.n;
  }
  return { release: release ?? 0 };
}

/** How many heads of the backup the store has already. */
async function startOf(
  store: WriteStore,
  { env, channel }: StorePlace,
  heads: readonly Uint8Array[],
): Promise<number | Refused> {
  const own: string[] = [];
  for await (const envelope of store.history(env, channel)) own.push(sha256(envelope));
  own.reverse();
  const isSame = own.every((hash, index) => index >= heads.length || hash === sha256(heads[index] as Uint8Array));
  const where = `${env}/${channel}`;
  if (isSame && own.length <= heads.length) return own.length;
  return isSame
    ? refuse(
        'ahead',
        `nothing was written: the store has ${own.length - heads.length} newer heads of ${where} than the backup`,
        'to go back to what was in force then, use `proviso rollback`; a backup is for a store that lost something',
      )
    : refuse(
        'ahead',
        `nothing was written: the store has other heads of ${where} than the backup`,
        'restore into an empty store, point the environment to it, and publish; readers take nothing older than what they have',
      );
}

/** Writes a few thousand objects at a time, those that are there already not again. */
async function writeObjects({ store, read, progress }: ImportTools, total: number): Promise<Tally> {
  const written = { objects: 0, bytes: 0 };
  let batch = new Map<string, Uint8Array>();
  let size = 0;
  let done = 0;
  const flush = async (): Promise<void> => {
    const there = await store.has(batch.keys());
    const lacking = new Map([...batch].filter(([hash]) => !there.has(hash)));
    await store.putAll(lacking);
    for (const bytes of lacking.values()) written.bytes += bytes.length;
    written.objects += lacking.size;
    done += batch.size;
    progress?.(`wrote ${done} of ${total} objects`);
    batch = new Map();
    size = 0;
  };
  for await (const { kind, body } of readFrames(read())) {
    if (kind !== 'O') continue;
    batch.set(sha256(body), Uint8Array.from(body));
    size += body.length;
    if (batch.size === 5_000 || size > 16_777_216) await flush();
  }
  await flush();
  return written;
}

async function isNewest(store: WriteStore, { env, channel }: StorePlace, envelope: Uint8Array): Promise<boolean> {
  const at = await store.getHead(env, channel);
  return at !== undefined && Buffer.compare(at.envelope, envelope) === 0;
}
