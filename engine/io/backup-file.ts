import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { BackupError } from '../publish/backup/frames.ts';
import { UsageError } from '../usage-error.ts';

/**
 * Writes a backup, compressed, into a new file that its owner alone may read; one that failed is removed.
 *
 * @throws UsageError where there is a file already, or none can be written; what `chunks` throws.
 */
export async function writeBackupFile(path: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const refuse = ({ code }: NodeJS.ErrnoException): never => {
    if (code === 'EEXIST') throw new UsageError(`${path} is there already`, 'name a file that is not there yet');
    throw new UsageError(`${path} cannot be written (${code})`, 'name a file in a folder that is there and has room');
  };
  const file = await open(path, 'wx', 0o600).catch(refuse);
  try {
    await pipeline(
      Readable.from(chunks, { objectMode: true }),
      createGzip(),
      async (compressed: AsyncIterable<Buffer>) => {
        // A disk that runs full takes the beginning of a part, and says so when it is given the rest.
        for await (const part of compressed) await file.writeFile(part).catch(refuse);
      },
    );
    await file.sync().catch(refuse);
    await file.close();
  } catch (error) {
    await file.close().catch(() => {});
    await rm(path, { force: true });
    throw error;
  }
}

/** The bytes of a backup. @throws UsageError where there is no such file, BackupError where it was cut off or damaged. */
export async function* readBackupFile(path: string): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path);
  try {
    await once(file, 'open');
  } catch (error) {
    throw new UsageError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  try {
    const unzipped = createGunzip();
    file.on('error', (error) => unzipped.destroy(error));
    for await (const chunk of file.pipe(unzipped)) yield chunk as Uint8Array;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code.startsWith('Z_') || code === 'ERR_TRAILING_JUNK_AFTER_STREAM_END')
      throw new BackupError('it was cut off or damaged on the way');
    throw error;
  } finally {
    file.destroy();
  }
}
