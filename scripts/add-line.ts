import { open } from 'node:fs/promises';

/** Adds a line to the end of a file, whether it ends with one or not; a new file is readable by nobody else. */
export async function addLine(path: string, line: string): Promise<void> {
  const file = await open(path, 'a+', 0o600);
  try {
    const { size } = await file.stat();
    const { buffer } = size > 0 ? await file.read(Buffer.alloc(1), 0, 1, size - 1) : { buffer: Buffer.from('\n') };
    await file.appendFile(buffer.toString() === '\n' ? `${line}\n` : `\n${line}\n`);
  } finally {
    await file.close();
  }
}
