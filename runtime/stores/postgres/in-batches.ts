/** A batch goes over the network well within the time a connection may be in use. */
const most = { items: 1_000, bytes: 1_048_576 };
const lanes = 3;

/** Calls `work` with all items, a bounded batch at a time and a few batches at once. */
export async function inBatches<T>(
  items: Iterable<T>,
  bytesOf: (item: T) => number,
  work: (batch: T[]) => Promise<void>,
): Promise<void> {
  const batches = cut(items, bytesOf);
  // A lane that fails ends the generator, and so the others after the batch they are at.
  const run = async (): Promise<void> => {
    for (const batch of batches) await work(batch);
  };
  await Promise.all(Array.from({ length: lanes }, run));
}

function* cut<T>(items: Iterable<T>, bytesOf: (item: T) => number): Generator<T[]> {
  let batch: T[] = [];
  let bytes = 0;
  for (const item of items) {
    const size = bytesOf(item);
    if (batch.length > 0 && (batch.length === most.items || bytes + size > most.bytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(item);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
