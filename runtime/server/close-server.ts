import type { Server } from 'node:http';
import { Server as Listener, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { UnderWay } from './answer-requests.ts';

/** Milliseconds between two looks at what is still to be sent. */
const LOOK = 20;
/** How long a client may take to close a connection on which nothing more is answered, in milliseconds. */
const LINGER = 500;

/**
 * Closes a server: nobody new, streams end, what is being answered is answered, and then, or when `within` milliseconds are
 * over, every connection is closed. One that only waits, or has sent half a request, is nothing to wait for.
 */
export async function closeServer(
  server: Server,
  { sockets, underWay, within }: { sockets: ReadonlySet<Socket>; underWay: UnderWay; within: number },
): Promise<void> {
  // What a server of HTTP does beside cuts off those that have not taken the whole of their answer yet.
  const closed = new Promise<void>((resolve) => Listener.prototype.close.call(server, () => resolve()));
  for (const asked of underWay.streams.keys()) asked.abort();
  const until = performance.now() + within;
  const ended = new Map<Socket, number>();
  // What was asked until now is on its way, and is answered.
  await pause(LOOK);
  while (sockets.size > 0 && performance.now() < until) {
    const now = performance.now();
    for (const socket of sockets) {
      if (underWay.answering.has(socket) || socket.writableLength > 0) continue;
      const since = ended.get(socket);
      if (since === undefined) {
        // Closed at once, it would take back what is not yet read of the answers before.
        ended.set(socket, now);
        socket.end();
      } else if (now - since > LINGER) socket.destroy();
    }
    await pause(LOOK);
  }
  for (const asked of underWay.requests) asked.abort();
  server.closeAllConnections();
  await closed;
  server.close();
}
