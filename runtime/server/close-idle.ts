import type { Socket } from 'node:net';

/** Milliseconds between two looks, where nobody may wait for less. */
const LOOK = 1_000;

interface Idle {
  sockets: ReadonlySet<Socket>;
  /** Whether something of a connection is being answered. */
  isBusy(socket: Socket): boolean;
  /** How long a connection may be without a question, in milliseconds. */
  most: number;
  /** How long nothing of what is sent may be taken, in milliseconds; it may become twice as long. */
  stalled: number;
}

/**
 * Closes connections without a question for too long, a second late at most, and those of whoever takes nothing of what he is
 * sent. All are looked at together, now and then: a timer a question, as Node sets them, takes as long as finding its answer.
 * Returns what ends it.
 */
export function closeIdle({ sockets, isBusy, most, stalled }: Idle): () => void {
  /** What a connection had sent when it last sent something, and when that was seen. */
  const seen = new WeakMap<Socket, { bytes: number; at: number }>();
  const timer = setInterval(
    () => {
      const now = performance.now();
      for (const socket of sockets) {
        const { bytesRead } = socket;
        const isSending = socket.writableLength > 0;
        // How much of it was taken Node's timer knows, which closes the connection.
        if (isSending !== (socket.timeout ?? 0) > 0) socket.setTimeout(isSending ? stalled : 0);
        const last = seen.get(socket);
        if (!last) seen.set(socket, { bytes: bytesRead, at: now });
        else if (last.bytes !== bytesRead || isBusy(socket) || isSending) {
          last.bytes = bytesRead;
          last.at = now;
        } else if (now - last.at >= most) socket.destroySoon();
      }
    },
    Math.min(LOOK, most, stalled),
  ).unref();
  return () => clearInterval(timer);
}
