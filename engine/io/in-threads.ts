import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

/** Where threads begin. */
export type ThreadProgram = 'register-worker' | 'compile-worker';

/** More threads than this wait for the one that puts everything together. */
const MOST = 8;

/** As many parts of one size as there are processors, in their order. */
export function inParts<Item>(items: readonly Item[]): Item[][] {
  const threads = Math.min(availableParallelism(), MOST);
  const size = Math.ceil(items.length / threads);
  return Array.from({ length: threads }, (_, index) => items.slice(index * size, (index + 1) * size));
}

/** Gives each task to a thread of its own, and hands on what they say until all have ended. @throws whatever a thread ended with. */
export async function inThreads<Task, Message>(
  program: ThreadProgram,
  tasks: readonly Task[],
  onMessage: (message: Message, task: number) => void,
): Promise<void> {
  const workers: Worker[] = [];
  try {
    await Promise.all(
      tasks.map((task, index) => {
        const worker = startWorker(program, task);
        workers.push(worker);
        return new Promise<void>((resolve, reject) => {
          worker.on('message', (message: Message) => onMessage(message, index));
          worker.on('error', reject);
          worker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a thread ended with ${code}`))));
        });
      }),
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function startWorker(program: ThreadProgram, task: unknown): Worker {
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL(`./${program}.js`, import.meta.url), { workerData: task });
  // Sources are read by a thread only once it has been told how.
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx/package.json'));
  const loader = new URL('dist/esm/api/index.mjs', tsx).href;
  const source = new URL(`./${program}.ts`, import.meta.url).href;
  const code = `import('${loader}').then(({ register }) => { register(); return import('${source}'); });`;
  return new Worker(code, { eval: true, workerData: task });
}
