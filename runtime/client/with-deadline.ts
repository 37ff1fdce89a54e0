import { type ReadStore, StoreError } from '../stores/store.ts';

/**
 * A store that does not answer in time has failed: whoever waits for it goes on with what it has. `within` is asked with
 * every question, in milliseconds.
 */
export function withDeadline(store: ReadStore, within: () => number): Pick<ReadStore, 'get' | 'getHead' | 'look'> {
  return {
    get: (hashes) => inTime(store.get(hashes), within()),
    getHead: (env, channel) => inTime(store.getHead(env, channel), within()),
    ...(store.look && { look: (...asked) => inTime((store as Required<ReadStore>).look(...asked), within()) }),
  };
}

/** @throws StoreError (`unavailable`) after so many milliseconds. */
export function inTime<T>(work: Promise<T>, within: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new StoreError('unavailable', `the store has not answered within ${within / 1000} seconds`)),
      within,
    );
    // Whatever comes later was not waited for.
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Waits for what is to happen, but no longer than so many milliseconds. */
export async function atMost(work: Promise<unknown>, within: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, within);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
