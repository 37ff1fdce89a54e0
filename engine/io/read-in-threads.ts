import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Settings } from '../../schemas/setting.ts';
import type { Claims } from '../register/claims.ts';
import type { RegisterPart } from './read-register-part.ts';
import { decodeText } from './table/layout.ts';
import { between } from './table/row-text.ts';
import type { TreeEntry } from './trees.ts';

/** What a thread is to go through. */
export interface PartTask {
  root: string;
  settings: Settings;
  wanted: readonly TreeEntry[];
}

/** What a thread says: how many more files it has read, and at its end what they come to. */
export type PartAnswer = { read: number } | { texts: readonly Uint8Array[]; claims: Claims };

/** Goes through customers in so many parts of one size, each in a thread. @throws whatever a thread ended with. */
export async function readInThreads(
  { wanted, ...task }: PartTask,
  threads: number,
  onRead: (files: number) => void,
): Promise<readonly [RegisterPart, ...RegisterPart[]]> {
  const size = Math.ceil(wanted.length / threads);
  const workers: Worker[] = [];
  try {
    const parts = Array.from({ length: threads }, (_, index) => {
      const worker = startWorker({ ...task, wanted: wanted.slice(index * size, (index + 1) * size) });
      workers.push(worker);
      return answerOf(worker, onRead);
    });
    return (await Promise.all(parts)) as [RegisterPart, ...RegisterPart[]];
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function startWorker(task: PartTask): Worker {
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL('./register-worker.js', import.meta.url), { workerData: task });
  // Sources are read by a thread only once it has been told how.
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx/package.json'));
  const loader = new URL('dist/esm/api/index.mjs', tsx).href;
  const program = new URL('./register-worker.ts', import.meta.url).href;
  const code = `import('${loader}').then(({ register }) => { register(); return import('${program}'); });`;
  return new Worker(code, { eval: true, workerData: task });
}

function answerOf(worker: Worker, onRead: (files: number) => void): Promise<RegisterPart> {
  return new Promise((resolve, reject) => {
    worker.on('message', (answer: PartAnswer) => {
      if ('read' in answer) onRead(answer.read);
      else resolve({ lines: linesIn(answer.texts), claims: answer.claims });
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`a thread ended with ${code} and said nothing`)));
  });
}

/** Keys, paths and values, each of which is a part of a line. */
function linesIn(texts: readonly Uint8Array[]): string[] {
  const lines: string[] = [];
  for (const text of texts) {
    const parts = decodeText(Buffer.from(text.buffer, text.byteOffset, text.byteLength)).split(between);
    for (let at = 0; at + 2 < parts.length; at += 3) lines.push(parts.slice(at, at + 3).join(between));
  }
  return lines;
}
