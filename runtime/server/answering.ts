import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** On which connections something is being answered: what was asked there, whole, and is not sent yet. */
export interface Answering {
  /** From now on, until the answer is sent or the connection gone. */
  begin(request: IncomingMessage, response: ServerResponse): void;
  has(socket: Socket): boolean;
  /** Whether something was asked there after this, which was begun, and is not answered. */
  hasNewer(request: IncomingMessage): boolean;
  /** Calls back once everything that was asked there is answered, at once where it is; of several only the first. */
  whenDone(socket: Socket, onDone: () => void): void;
}

interface Asked {
  count: number;
  /** The one that may not have come whole yet. */
  last: IncomingMessage;
  onDone?: () => void;
}

export function answering(): Answering {
  const connections = new WeakMap<Socket, Asked>();
  const isAnswering = ({ count, last }: Asked): boolean => count > (last.complete ? 0 : 1);
  return {
    begin(request, response) {
      const asked = connections.get(request.socket) ?? { count: 0, last: request };
      connections.set(request.socket, asked);
      asked.count += 1;
      asked.last = request;
      response.once('close', () => {
        asked.count -= 1;
        if (!isAnswering(asked)) asked.onDone?.();
      });
    },
    has(socket) {
      const asked = connections.get(socket);
      return asked !== undefined && isAnswering(asked);
    },
    hasNewer(request) {
      const asked = connections.get(request.socket);
      return asked !== undefined && asked.last !== request;
    },
    whenDone(socket, onDone) {
      const asked = connections.get(socket);
      if (!asked || !isAnswering(asked)) onDone();
      else asked.onDone ??= onDone;
    },
  };
}
