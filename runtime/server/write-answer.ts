import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { linesOf, namesAndValuesOf } from './head-lines.ts';
import type { Prepared } from './prepare-answer.ts';

/** Writes answers to the connections they are asked on; `more` are lines of their heads that differ each time. */
export interface AnswerWriter {
  /** Whether it was sent at once, and nothing of it is left. */
  write(response: ServerResponse, prepared: Prepared, more: string): boolean;
  /** The head of what comes bit by bit. */
  begin(response: ServerResponse, prepared: Prepared, more: string): void;
}

/** `idle`: how long a connection is kept open without a question, in seconds. */
export function answerWriter(idle: number): AnswerWriter {
  const keepAlive = ['Keep-Alive', `timeout=${idle}`];
  let second = Number.NaN;
  let dated = '';
  const datedNow = (): string => {
    const now = Math.floor(Date.now() / 1_000);
    if (now !== second) {
      second = now;
      dated = linesOf(['Date', new Date(now * 1_000).toUTCString(), 'Connection', 'keep-alive', ...keepAlive]);
    }
    return dated;
  };
  const begin: AnswerWriter['begin'] = (response, { status, head }, more) => {
    const kept = response.shouldKeepAlive && response.req.httpVersion !== '1.0' ? keepAlive : [];
    response.writeHead(status, [...namesAndValuesOf(head), ...namesAndValuesOf(more), ...kept]);
  };

  return {
    begin,
    write(response, prepared, more) {
      const { socket } = response;
      // Where there is none, another answer comes before this one.
      if (socket && isKept(response, socket) && response.req.method !== 'HEAD')
        return writeWhole(response, socket, prepared, more + datedNow());
      begin(response, prepared, more);
      response.end(prepared.body, 'latin1');
      return false;
    },
  };
}

/** Whether a connection is there and stays when this is answered. */
const isKept = ({ shouldKeepAlive }: ServerResponse, { destroyed }: Socket): boolean => shouldKeepAlive && !destroyed;

/**
 * Writes an answer in one piece. A response, as Node has it, checks and joins every line of every head and holds what is written
 * until it is asked for, which takes several times as long as finding the answer. That it is finished is what makes the
 * connection take the next question: it hears of that as it always does.
 */
function writeWhole(
  response: ServerResponse,
  socket: Socket,
  { status, head: own, body }: Prepared,
  more: string,
): boolean {
  response.statusCode = status;
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${own}${more}\r\n`;
  if (body === undefined || typeof body === 'string') socket.write(head + (body ?? ''), 'latin1');
  else {
    socket.cork();
    socket.write(head, 'latin1');
    socket.write(body);
    socket.uncork();
  }
  if (socket.writableLength === 0) return response.emit('finish');
  socket.write('', (error) => void (error ?? response.emit('finish')));
  return false;
}
