import type { Client } from 'pg';
import { readNews } from '../driver/news.ts';
import type { OnHint } from '../store.ts';

/** The types of the package do not know that it need not keep a process alive. */
export type Listener = Client & { unref(): void };

const firstPauseMs = 500;
const longestPauseMs = 30_000;

/**
 * Calls back when `payload` is notified on `channel`, and whenever notices may have been missed: after connecting, the
 * first time and again. It has a connection of its own, keeps no process alive, and tries again until it is stopped.
 */
export function listen(connect: () => Listener, channel: string, payload: string, onHint: OnHint): () => void {
  let client: Listener | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let pauseMs = firstPauseMs;

  let news: readonly string[] | undefined;
  let isTelling = false;
  /** A head is announced by who stores it, and again with its news: both come at once and are one hint. */
  const heard = (told: readonly string[] | undefined): void => {
    news = told ?? news;
    if (isTelling) return;
    isTelling = true;
    queueMicrotask(() => {
      const all = news;
      news = undefined;
      isTelling = false;
      if (!isStopped) onHint(all);
    });
  };
  const tryAgain = (from: Listener): void => {
    if (client !== from) return;
    client = undefined;
    from.end().catch(() => {});
    if (isStopped) return;
    timer = setTimeout(start, pauseMs * (0.5 + Math.random())).unref();
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  };
  const start = async (): Promise<void> => {
    const own = connect();
    client = own;
    own.on('error', () => tryAgain(own)).on('end', () => tryAgain(own));
    own.on('notification', (notice) => {
      const [of, ...told] = notice.payload?.split(/ (.*)/s, 2) ?? [];
      if (of === payload) heard(readNews(told[0]));
    });
    try {
      await own.connect();
      await own.query(`listen "${channel}"`);
    } catch {
      tryAgain(own);
      return;
    }
    own.unref();
    pauseMs = firstPauseMs;
    if (!isStopped) onHint();
  };
  start();
  return () => {
    isStopped = true;
    clearTimeout(timer);
    client?.end().catch(() => {});
  };
}
