import { decodeKeyset } from '../../runtime/snapshot/keyset.ts';
import { type GetObjects, SnapshotError } from '../../runtime/snapshot/object.ts';

/** Keysets with all before them: whoever checks a signature comes to it from the first. What is missing is among them. */
export async function keysetsFrom(get: GetObjects, starts: Iterable<string>): Promise<Set<string>> {
  const found = new Set<string>();
  for (const start of starts)
    for (let hash: string | null = start; hash !== null && !found.has(hash); ) {
      found.add(hash);
      const bytes: Uint8Array | undefined = (await get([hash])).get(hash);
      hash = bytes ? before(bytes) : null;
    }
  return found;
}

function before(envelope: Uint8Array): string | null {
  try {
    return decodeKeyset(envelope).payload.prev;
  } catch (error) {
    if (error instanceof SnapshotError) return null;
    throw error;
  }
}
