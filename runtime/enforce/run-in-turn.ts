interface Job<Work> {
  work: Work;
  resolve: (answer: unknown) => void;
  reject: (error: unknown) => void;
}

/** The most that is done together. */
const MOST = 50;

/**
 * Does what is about one key in turn, so that a busy one does not keep others waiting, and together what came while it
 * waited. `run` answers in the order of the works; where it fails, it has failed for all of them.
 */
export function runInTurn<Work>(
  run: (works: readonly Work[]) => Promise<readonly unknown[]>,
): (key: string, work: Work) => Promise<unknown> {
  const waiting = new Map<string, Job<Work>[]>();
  const drain = async (key: string, jobs: Job<Work>[]): Promise<void> => {
    while (jobs.length > 0) {
      const batch = jobs.splice(0, MOST);
      try {
        const answers = await run(batch.map(({ work }) => work));
        for (const [index, { resolve }] of batch.entries()) resolve(answers[index]);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    waiting.delete(key);
  };
  return (key, work) =>
    new Promise((resolve, reject) => {
      const jobs = waiting.get(key);
      const job = { work, resolve, reject };
      if (jobs) return void jobs.push(job);
      const first = [job];
      waiting.set(key, first);
      void drain(key, first);
    });
}
