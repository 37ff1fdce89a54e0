import { isHash } from '../../../runtime/snapshot/object.ts';
import type { StorePlace } from '../../../runtime/stores/store.ts';
import { BackupError } from './frames.ts';

/** What a backup says that it holds. */
export interface Contents {
  format: 'proviso-backup';
  v: 1;
  /** Instant, ISO 8601 in UTC. */
  made: string;
  places: (StorePlace & { heads: number })[];
  /** Roots of the releases that are in it whole. */
  roots: string[];
  /** Hashes of what proves approvals and signatures. */
  beside: string[];
}

/** @throws BackupError unless it is one that this version understands. */
export function readContents(body: Uint8Array): Contents {
  let value: Partial<Contents> | null;
  try {
    value = JSON.parse(Buffer.from(body).toString()) as Partial<Contents> | null;
  } catch {
    value = null;
  }
  if (value?.format !== 'proviso-backup') throw new BackupError('it is no backup of Proviso');
  if (value.v !== 1) throw new BackupError('a newer version of Proviso has written it');
  const { places, roots, beside, made } = value;
  const isRight =
    typeof made === 'string' &&
    Array.isArray(places) &&
    places.length < 256 &&
    places.every(({ env, channel, heads }) => typeof env === 'string' && typeof channel === 'string' && heads > 0) &&
    [roots, beside].every((hashes) => Array.isArray(hashes) && hashes.every(isHash));
  if (!isRight) throw new BackupError('what it says that it holds cannot be understood');
  return value as Contents;
}
