import type { PartTask } from './read-in-threads.ts';
import { type RegisterPart, readRegisterPart } from './read-register-part.ts';
import { worthThreads } from './worth-threads.ts';

/** What happens on the way. */
export interface OnTheWay {
  /** So many files were read so far. */
  onRead(files: number): void;
  /** Threads came to nothing, and everything is gone through again without them. */
  onAlone(reason: Error): void;
}

/**
 * Goes through customers in as many parts as there are processors, where there are more than `alone` of them: a thread takes about as long
 * to start as it saves with ten thousand. Parts are given in the order of their files.
 */
export async function readRegisterParts(
  task: PartTask,
  alone: number,
  { onRead, onAlone }: OnTheWay,
): Promise<readonly [RegisterPart, ...RegisterPart[]]> {
  let read = 0;
  const count = (files: number): void => onRead((read += files));
  if (worthThreads(task.wanted.length, alone)) {
    // Few commits have as many customers: the others need not load what threads need.
    const { readInThreads } = await import('./read-in-threads.ts');
    try {
      return await readInThreads(task, count);
    } catch (error) {
      // What is wrong with a file is said by going through everything here; a thread that could not start is no reason to end.
      onAlone(error as Error);
      read = 0;
    }
  }
  return [await readRegisterPart(task.root, task.settings, task.wanted, count)];
}
