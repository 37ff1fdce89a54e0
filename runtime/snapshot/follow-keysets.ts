import { checkFollows, decodeKeyset, type Keyset, maxKeysetBytes, maxKeysetSteps } from './keyset.ts';
import { type GetObjects, SnapshotError, sha256 } from './object.ts';

/**
 * The keysets after a trusted one up to the one with this hash, oldest first; none where it is the trusted one itself.
 * Each is read by the hash its successor names and then checked, oldest first.
 *
 * @throws SnapshotError where one is missing or does not follow the one before.
 */
export async function followKeysets(get: GetObjects, trusted: Keyset, hash: string): Promise<Keyset[]> {
  const later: Keyset[] = [];
  for (let wanted: string | null = hash; wanted !== trusted.hash; wanted = later[0]?.payload.prev ?? null) {
    if (
      wanted === null ||
      later.length === maxKeysetSteps ||
      (later[0] && later[0].payload.version <= trusted.payload.version + 1)
    )
      throw new SnapshotError(
        'missing',
        hash,
        `keyset ${hash} does not lead back to keyset ${trusted.payload.version}, which is trusted`,
      );
    later.unshift(await readKeyset(get, wanted));
  }
  let before = trusted;
  for (const next of later) {
    checkFollows(before, next);
    before = next;
  }
  return later;
}

async function readKeyset(get: GetObjects, hash: string): Promise<Keyset> {
  const envelope = (await get([hash])).get(hash);
  if (!envelope) throw new SnapshotError('missing', hash, `keyset ${hash} is missing from the store`);
  if (envelope.length > maxKeysetBytes || sha256(envelope) !== hash)
    throw new SnapshotError('hash', hash, `keyset ${hash} is damaged: its content has another hash`);
  return decodeKeyset(envelope);
}
