import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { tryGit } from '../engine/io/run-git.ts';

/** A file of a repository: `path` from its top, with `/` between. */
export interface CommittedFile {
  path: string;
  bytes: Uint8Array | string;
}

/** The branch everything is committed to. */
const BRANCH = 'refs/heads/main';

/** Bytes handed to git at a time: a pipe takes few large pieces far faster than many small ones. */
const PIECE = 1_000_000;

/**
 * Commits files on top of what the branch `main` of a repository holds, without a working tree and without holding them all in memory:
 * of a hundred thousand in a fraction of the time `git add` takes. The working tree and the index stay as they are.
 * Throws with what git complained about.
 */
export async function generateCommit(root: string, message: string, files: Iterable<CommittedFile>): Promise<void> {
  const hasParent = (await tryGit(root, ['rev-parse', '--quiet', '--verify', BRANCH])).code === 0;
  const child = spawn('git', ['fast-import', '--quiet', '--date-format=now'], {
    cwd: root,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  const ended = once(child, 'close');
  // Why git went away before everything was written is in what it said.
  const written = await pipeline(Readable.from(inPieces(commandsFor(message, files, hasParent))), child.stdin).catch(
    (error: Error) => error,
  );
  const [code] = await ended;
  if (code !== 0 || written)
    throw new Error(complaint.trim() || written?.message || `git fast-import ended with ${code}`);
}

function* commandsFor(
  message: string,
  files: Iterable<CommittedFile>,
  hasParent: boolean,
): Generator<string | Uint8Array> {
  yield `commit ${BRANCH}\ncommitter Proviso <proviso@product.example> now\n${data(message)}`;
  if (hasParent) yield `from ${BRANCH}^0\n`;
  for (const { path, bytes } of files) {
    yield `M 100644 inline ${path}\ndata ${Buffer.byteLength(bytes)}\n`;
    yield bytes;
    yield '\n';
  }
}

const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;

function* inPieces(parts: Iterable<string | Uint8Array>): Generator<Buffer> {
  let piece: Buffer[] = [];
  let length = 0;
  for (const part of parts) {
    const bytes = Buffer.from(part as string);
    piece.push(bytes);
    length += bytes.length;
    if (length < PIECE) continue;
    yield Buffer.concat(piece);
    [piece, length] = [[], 0];
  }
  yield Buffer.concat(piece);
}
