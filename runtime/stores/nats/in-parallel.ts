/**
 * Does work for all items, so many at once and no more bytes of them than `most`; one larger than that goes alone. The
 * first failure is thrown when what was begun has ended, and nothing further is begun.
 */
export async function inParallel<T>(
  items: Iterable<T>,
  atOnce: number,
  work: (item: T) => Promise<void>,
  { most, sizeOf }: { most: number; sizeOf: (item: T) => number } = { most: 0, sizeOf: () => 0 },
): Promise<void> {
  const underWay = new Set<Promise<void>>();
  let bytes = 0;
  let failure: { error: unknown } | undefined;
  for (const item of items) {
    const size = sizeOf(item);
    while (!failure && underWay.size > 0 && (underWay.size >= atOnce || bytes + size > most))
      await Promise.race(underWay);
    if (failure) break;
    bytes += size;
    const one = work(item)
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => {
        underWay.delete(one);
        bytes -= size;
      });
    underWay.add(one);
  }
  await Promise.all(underWay);
  if (failure) throw failure.error;
}
