import type { Duplex } from 'node:stream';
import { linesOf } from './head-lines.ts';

/** What Node's parser says of a request it cannot read. */
const answers: Readonly<Record<string, readonly [line: string, code: string, message: string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'headersTooLarge', 'the headers are too long'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['413 Payload Too Large', 'tooLarge', 'the extensions of a chunk are too long'],
  CONNECT: ['501 Not Implemented', 'noTunnel', 'nobody is connected through here to another place'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'timeout', 'the request took too long to arrive'],
};
const MALFORMED = ['400 Bad Request', 'malformed', 'this is not HTTP'] as const;
const LONG_URL = ['414 URI Too Long', 'urlTooLong', 'the address is too long'] as const;

/** Why a request cannot be read. */
export interface Broken extends Error {
  code?: string;
  rawPacket?: Buffer;
}

/** Answers what is no request, and closes; tells the status, or undefined where nobody can be answered. */
export function answerBroken(error: Broken, socket: Duplex, id: string): number | undefined {
  if (!socket.writable) {
    socket.destroy();
    return undefined;
  }
  const isUrl = error.code === 'HPE_HEADER_OVERFLOW' && error.rawPacket?.includes('\n') === false;
  const [line, code, message] = isUrl ? LONG_URL : (answers[error.code ?? ''] ?? MALFORMED);
  const body = JSON.stringify({ error: { code, message } });
  const headers = {
    'X-Request-Id': id,
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(body)),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    Date: new Date().toUTCString(),
    Connection: 'close',
  };
  socket.end(`HTTP/1.1 ${line}\r\n${linesOf(Object.entries(headers).flat())}\r\n${body}`, () => socket.destroy());
  return Number(line.slice(0, 3));
}
