import type { Duplex } from 'node:stream';

/** What Node's parser says of a request it cannot read. */
const answers: Readonly<Record<string, readonly [line: string, code: string, message: string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'headersTooLarge', 'the headers are too long'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['413 Payload Too Large', 'tooLarge', 'the extensions of a chunk are too long'],
  CONNECT: ['501 Not Implemented', 'noTunnel', 'nobody is connected through here to another place'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'timeout', 'the request took too long to arrive'],
};
const MALFORMED = ['400 Bad Request', 'malformed', 'this is not HTTP'] as const;
const LONG_URL = ['414 URI Too Long', 'urlTooLong', 'the address is too long'] as const;

/** Answers what is no request, and closes; tells the status, or undefined where nobody can be answered. */
export function answerBroken(
  error: Error & { code?: string; rawPacket?: Buffer },
  socket: Duplex,
  isAnswering: boolean,
): number | undefined {
  // Whatever was written now would be taken for the rest of another answer.
  if (isAnswering || !socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return undefined;
  }
  const isUrl = error.code === 'HPE_HEADER_OVERFLOW' && error.rawPacket?.includes('\n') === false;
  const [line, code, message] = isUrl ? LONG_URL : (answers[error.code ?? ''] ?? MALFORMED);
  const body = JSON.stringify({ error: { code, message } });
  const head = [
    `HTTP/1.1 ${line}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
    'Connection: close',
  ].join('\r\n');
  socket.end(`${head}\r\n\r\n${body}`, () => socket.destroy());
  return Number(line.slice(0, 3));
}
