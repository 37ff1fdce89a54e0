import type { GetObjects } from './object.ts';

/** Reads from the first place, and of the second only what that one lacks; `onRead` is told what came from there. */
export const readThrough =
  (
    first: GetObjects,
    second: GetObjects,
    onRead?: (objects: ReadonlyMap<string, Uint8Array>) => Promise<void> | void,
  ): GetObjects =>
  async (hashes) => {
    const found = new Map(await first(hashes));
    const rest = hashes.filter((hash) => !found.has(hash));
    if (rest.length === 0) return found;
    const read = await second(rest);
    for (const [hash, bytes] of read) found.set(hash, bytes);
    await onRead?.(read);
    return found;
  };

/** Objects in memory, as a place to read from. */
export const fromMemory =
  (find: (hash: string) => Uint8Array | undefined): GetObjects =>
  async (hashes) =>
    new Map(
      hashes.flatMap((hash) => {
        const bytes = find(hash);
        return bytes ? [[hash, bytes] as const] : [];
      }),
    );
