import { decodeKeyset } from '../snapshot/keyset.ts';
import type { GetObjects } from '../snapshot/object.ts';

/** The hashes of a keyset and of those before it, as far as they are there: products may have been given any of them. */
export async function* keysetsBefore(get: GetObjects, hash: string | undefined): AsyncGenerator<string> {
  for (let next = hash ?? null; next !== null; ) {
    yield next;
    const envelope: Uint8Array | undefined = (await get([next])).get(next);
    next = envelope ? decodeKeyset(envelope).payload.prev : null;
  }
}
