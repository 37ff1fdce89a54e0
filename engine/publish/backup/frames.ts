import { createHash } from 'node:crypto';
import { maxObjectBytes } from '../../../runtime/snapshot/object.ts';

/*
 * A backup is a row of frames: one byte that says what it is, four bytes with its length, its bytes.
 *   B  begin: what it holds, JSON              H  a head: the number of its place (one byte), its envelope
 *   O  an object                               E  end: JSON with the sha256 of every byte before it
 * Heads come oldest first, and an object after what leads to it, so that all of it can be checked in one reading.
 */

export type FrameKind = 'B' | 'H' | 'O' | 'E';

export interface Frame {
  kind: FrameKind;
  body: Uint8Array;
}

/** What is not a whole backup as it was written; the message says why. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

const headBytes = 5;
const kinds: readonly string[] = ['B', 'H', 'O', 'E'];

/** The bytes of frames, with the one that ends them. */
export async function* writeFrames(frames: AsyncIterable<Frame>): AsyncGenerator<Uint8Array> {
  const digest = createHash('sha256');
  for await (const frame of frames) {
    const bytes = encode(frame);
    digest.update(bytes);
    yield bytes;
  }
  yield encode({ kind: 'E', body: Buffer.from(JSON.stringify({ sha256: digest.digest('hex') })) });
}

function encode({ kind, body }: Frame): Uint8Array {
  const head = Buffer.alloc(headBytes);
  head.write(kind, 0, 'latin1');
  head.writeUInt32BE(body.length, 1);
  return Buffer.concat([head, body]);
}

/**
 * The frames before the end, once the bytes come to it; of no frame more is held than itself.
 *
 * @throws BackupError where they are cut off, go on behind the end, or are not those that were written.
 */
export async function* readFrames(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  const digest = createHash('sha256');
  let rest = Buffer.alloc(0);
  let isOver = false;
  for await (const chunk of chunks) {
    rest = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk]);
    let at = 0;
    while (rest.length - at >= headBytes) {
      const kind = rest.toString('latin1', at, at + 1);
      const length = rest.readUInt32BE(at + 1);
      // The list of what it holds grows with the number of heads; an object does not.
      if (!kinds.includes(kind) || length > (kind === 'B' ? 64 : 1) * maxObjectBytes)
        throw new BackupError('it is no backup of Proviso');
      if (rest.length - at < headBytes + length) break;
      if (isOver) throw new BackupError('it goes on behind its end');
      const end = at + headBytes + length;
      const body = rest.subarray(at + headBytes, end);
      if (kind === 'E') {
        checkEnd(body, digest.digest('hex'));
        isOver = true;
      } else {
        digest.update(rest.subarray(at, end));
        yield { kind: kind as FrameKind, body };
      }
      at = end;
    }
    rest = rest.subarray(at);
  }
  if (!isOver) throw new BackupError('it is cut off: its end is missing');
  if (rest.length > 0) throw new BackupError('it goes on behind its end');
}

function checkEnd(body: Uint8Array, digest: string): void {
  if (Buffer.from(body).toString() !== JSON.stringify({ sha256: digest }))
    throw new BackupError('it is not what was written: its sum differs');
}
