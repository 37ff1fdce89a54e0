import type { NatsConnection } from '@nats-io/transport-node';
import { readNews } from '../driver/news.ts';
import type { OnHint } from '../store.ts';
import type { NatsAddress } from './address.ts';
import { newsHeader } from './heads.ts';
import { connectTo, cutLink, type NatsClient } from './link.ts';

const firstPauseMs = 100;
const longestPauseMs = 5_000;

/**
 * Calls back for every message on a subject, over a connection of its own that is opened again when it breaks; and once
 * when it is open, for what was missed. Returns what ends it.
 */
export function watchHints(client: NatsClient, address: NatsAddress, subject: string, onHint: OnHint): () => void {
  const over = new AbortController();
  void listen(client, address, subject, onHint, over.signal);
  return () => over.abort();
}

async function listen(
  client: NatsClient,
  address: NatsAddress,
  subject: string,
  onHint: OnHint,
  over: AbortSignal,
): Promise<void> {
  for (let pauseMs = firstPauseMs; !over.aborted; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
    let connection: NatsConnection | undefined;
    const end = (): void => void (connection && cutLink({ connection }));
    over.addEventListener('abort', end);
    try {
      connection = await connectTo(client, address);
      if (over.aborted) end();
      connection.subscribe(subject, {
        callback: (error, { headers }) => void (error ?? onHint(readNews(headers?.get(newsHeader)))),
      });
      await connection.flush();
      onHint();
      pauseMs = firstPauseMs;
      await connection.closed();
    } catch {
      // What is wrong the next read says, in words; a hint is only a hint.
    }
    over.removeEventListener('abort', end);
    end();
    if (!over.aborted) await pause(pauseMs * (0.5 + Math.random()), over);
  }
}

const pause = (ms: number, over: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms).unref();
    over.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
