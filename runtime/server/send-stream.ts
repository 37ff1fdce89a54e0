import type { ServerResponse } from 'node:http';

/**
 * Writes a stream as it comes and as fast as it is taken, until it ends, `signal` is aborted, or the client takes nothing for
 * `stalled` milliseconds. The stream is always told that it is over. Returns the bytes that were written.
 */
export async function sendStream(
  response: ServerResponse,
  stream: AsyncIterable<string>,
  signal: AbortSignal,
  stalled: number,
): Promise<number> {
  const chunks = stream[Symbol.asyncIterator]();
  // Raced by hand: a promise that lives as long as the stream would remember everything it was raced against.
  let wake = (): void => {};
  const abort = (): void => wake();
  signal.addEventListener('abort', abort);
  const unlessAborted = <T>(begin: (resolve: (value: T) => void, reject: (error: unknown) => void) => void) =>
    new Promise<T | undefined>((resolve, reject) => {
      wake = () => resolve(undefined);
      if (signal.aborted) wake();
      else begin(resolve, reject);
    });
  let bytes = 0;
  try {
    for (;;) {
      const next = await unlessAborted<IteratorResult<string>>((resolve, reject) => {
        chunks.next().then(resolve, reject);
      });
      if (!next || next.done || signal.aborted) break;
      bytes += Buffer.byteLength(next.value);
      if (response.write(next.value)) continue;
      if ((await unlessAborted<true>((resolve) => whenDrained(response, stalled, resolve))) === undefined) break;
    }
  } finally {
    signal.removeEventListener('abort', abort);
    // Not waited for: a stream that waits for its next chunk hears of it through its signal.
    Promise.resolve(chunks.return?.()).catch(() => {});
  }
  return bytes;
}

/** Destroys the response of whoever has stopped taking what he is sent; that aborts the signal. */
function whenDrained(response: ServerResponse, stalled: number, resolve: (value: true) => void): void {
  const timer = setTimeout(() => response.destroy(), stalled);
  const settle = (): void => {
    clearTimeout(timer);
    response.off('drain', settle).off('close', settle);
    resolve(true);
  };
  response.once('drain', settle).once('close', settle);
}
