import type { IncomingMessage } from 'node:http';
import { RequestError } from './route.ts';

/** The body of a request, no longer than `most` bytes. @throws RequestError (413, or 400 where it breaks off) */
export function readBody(request: IncomingMessage, most: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const stop = (): void => {
      request.off('data', take).off('end', end).off('error', broken).off('close', broken);
    };
    const take = (chunk: Buffer): void => {
      length += chunk.length;
      if (length > most) {
        stop();
        // The rest is thrown away unread, so that the client comes to read the answer.
        request.resume();
        reject(tooLarge(most));
      } else chunks.push(chunk);
    };
    const end = (): void => {
      stop();
      resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
    };
    const broken = (): void => {
      stop();
      reject(new RequestError(400, 'brokenOff', 'the body broke off'));
    };
    request.on('data', take).on('end', end).on('error', broken).on('close', broken);
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
  const [type = ''] = (headers['content-type'] ?? 'application/json').split(';');
  if (!/^application\/(?:[\w.-]+\+)?json$/i.test(type.trim()))
    throw new RequestError(415, 'notJson', 'a body is application/json');
}
