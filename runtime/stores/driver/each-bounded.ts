/** Runs `work` for every item, at most so many at once; the first that fails stops the rest. */
export async function eachBounded<T>(
  items: Iterable<T>,
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = items[Symbol.iterator]();
  let hasFailed = false;
  const workOff = async (): Promise<void> => {
    for (let next = left.next(); !next.done && !hasFailed; next = left.next())
      try {
        await work(next.value);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
  };
  await Promise.all(Array.from({ length: atOnce }, workOff));
}
