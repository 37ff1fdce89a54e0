import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';

/**
 * The first of the servers (`host:port`) that greets whoever connects. The client would wait for a greeting too, and
 * then leave the connection open for ever, which keeps a process from ending.
 *
 * @throws the error of the first where none does within `ms` milliseconds.
 */
export async function findServer(servers: readonly string[], ms: number): Promise<string> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), ms);
  try {
    return await Promise.any(servers.map((server) => waitForGreeting(server, over.signal)));
  } catch (error) {
    throw error instanceof AggregateError ? error.errors[0] : error;
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}

async function waitForGreeting(server: string, signal: AbortSignal): Promise<string> {
  const [, host = '', port = ''] = /^\[?(.*?)\]?:(\d+)$/.exec(server) ?? [];
  const socket: Socket = createConnection(Number(port), host);
  // After the wait nobody listens to what goes wrong with it.
  socket.on('error', () => {});
  try {
    await once(socket, 'data', { signal });
    return server;
  } finally {
    socket.destroy();
  }
}
