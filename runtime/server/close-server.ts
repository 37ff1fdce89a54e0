import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { UnderWay } from './answer-requests.ts';

/** Milliseconds between two looks at what is still to be sent. */
const LOOK = 20;

/**
 * Closes a server: nobody new, streams end, what is being answered is answered, and then, or when `within` milliseconds are
 * over, every connection is closed. One that only waits, or has sent half a request, is nothing to wait for.
 */
export async function closeServer(
  server: Server,
  { sockets, underWay, within }: { sockets: ReadonlySet<Socket>; underWay: UnderWay; within: number },
): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const asked of underWay.streams.keys()) asked.abort();
  const until = performance.now() + within;
  while (sockets.size > 0 && performance.now() < until) {
    for (const socket of sockets)
      if (!underWay.sockets.has(socket) && socket.writableLength === 0) socket.destroySoon();
    await new Promise((resolve) => setTimeout(resolve, LOOK));
  }
  for (const asked of underWay.requests) asked.abort();
  server.closeAllConnections();
  await closed;
}
