import { readNews } from '../driver/news.ts';
import type { OnHint } from '../store.ts';
import type { RedisAddress } from './address.ts';
import { clientOptions } from './link.ts';

const firstPauseMs = 100;
const longestPauseMs = 5_000;
const pingMs = 15_000;
/** A connection that has carried nothing for so long, pings included, is dead. */
const silenceMs = 40_000;

/**
 * Calls back for every message of a channel, on a connection of its own that is opened again, on the next server of a
 * cluster, when it breaks; and once when it is open, for what was missed. It keeps no process alive. Returns what ends it.
 */
export function watchHints(
  redis: typeof import('redis'),
  address: RedisAddress,
  channel: string,
  onHint: OnHint,
): () => void {
  const over = new AbortController();
  void listen(redis, address, channel, onHint, over.signal);
  return () => over.abort();
}

async function listen(
  redis: typeof import('redis'),
  address: RedisAddress,
  channel: string,
  onHint: OnHint,
  over: AbortSignal,
): Promise<void> {
  let pauseMs = firstPauseMs;
  for (let turn = 0; !over.aborted; turn += 1) {
    const { socket, ...options } = clientOptions(redis, address);
    const node = address.nodes[turn % address.nodes.length];
    const client = redis.createClient({ ...options, socket: { ...socket, ...node, socketTimeout: silenceMs } });
    client.unref();
    const end = (): void => client.destroy();
    over.addEventListener('abort', end);
    const ended = new Promise<void>((resolve) => {
      client.on('error', () => resolve()).on('end', () => resolve());
    });
    const ping = setInterval(() => void client.sendCommand(['PING']).catch(() => {}), pingMs).unref();
    try {
      await client.connect();
      await client.subscribe(channel, (message) => onHint(readNews(message)));
      onHint();
      pauseMs = firstPauseMs;
      await ended;
    } catch {
      // What is wrong the next read says, in words; a hint is only a hint.
    }
    clearInterval(ping);
    over.removeEventListener('abort', end);
    client.destroy();
    if (over.aborted) return;
    await pause(pauseMs * (0.5 + Math.random()), over);
    pauseMs = Math.min(longestPauseMs, pauseMs * 2);
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
