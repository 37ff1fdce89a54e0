import type { IncomingMessage } from 'node:http';
import { RequestError } from './route.ts';

const JSON_TYPE = 'application/json';

/**
 * Reads the body of a request, no longer than `most` bytes, and hands it to one of the two: by calls and not by a promise, as
 * it is mostly there already.
 */
export function readBody(
  request: IncomingMessage,
  most: number,
  take: (body: Buffer) => void,
  refuse: (error: RequestError) => void,
): void {
  const chunks: Buffer[] = [];
  let length = 0;
  let isOver = false;
  request.on('data', (chunk: Buffer) => {
    // The rest is thrown away unread, so that the client comes to read the answer.
    if (isOver) return;
    length += chunk.length;
    if (length <= most) chunks.push(chunk);
    else {
      isOver = true;
      refuse(tooLarge(most));
    }
  });
  request.on('end', () => {
    if (isOver) return;
    isOver = true;
    take(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
  });
  // Also told of one that broke off; without a listener for them, errors of a request are told nobody.
  request.on('close', () => {
    if (isOver) return;
    isOver = true;
    refuse(new RequestError(400, 'brokenOff', 'the body broke off'));
  });
}

export const tooLarge = (most: number): RequestError =>
  new RequestError(413, 'tooLarge', `a body has at most ${most} bytes`);

/** Whether a body follows the head of a request. */
export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

/**
 * Judges a body by its head, before it is read. @throws RequestError: 413 where it says it is too long, 415 for what is not
 * JSON or is compressed, 501 for what is sent in another way than in chunks or as long as it says.
 */
export function checkBody({ headers }: IncomingMessage, most: number): void {
  if (Number(headers['content-length'] ?? 0) > most) throw tooLarge(most);
  const transfer = headers['transfer-encoding'];
  if (transfer !== undefined && transfer.trim().toLowerCase() !== 'chunked')
    throw new RequestError(501, 'otherTransfer', 'a body is sent as it is or in chunks, in no other way');
  const coding = headers['content-encoding']?.trim().toLowerCase();
  if (coding !== undefined && coding !== 'identity')
    throw new RequestError(415, 'notPlain', 'a body is sent as it is, not compressed');
  const written = headers['content-type'] ?? JSON_TYPE;
  if (written === JSON_TYPE) return;
  const [type = ''] = written.split(';');
  if (!/^application\/(?:[\w.-]+\+)?json$/i.test(type.trim()))
    throw new RequestError(415, 'notJson', 'a body is application/json');
}
