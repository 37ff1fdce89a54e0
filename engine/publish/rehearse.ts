/** Something to be rehearsed: does it, checks what came of it, and says what was seen. @throws RehearsalError */
export interface Rehearsed {
  name: string;
  run(): Promise<string>;
}

/** What a step came to is not what it should be. */
export class RehearsalError extends Error {
  override readonly name = 'RehearsalError';
}

export interface StepResult {
  name: string;
  result: 'ok' | 'failed' | 'not run';
  /** Milliseconds; 0 where it was not run. */
  ms: number;
  /** What was seen, or what went wrong. */
  message: string;
  /** Whether somebody had to do something: only where it failed. */
  needsHuman: boolean;
}

/** Runs steps one after the other, up to the first that fails: those after it build on it. `clock` in milliseconds. */
export async function rehearse(
  steps: readonly Rehearsed[],
  clock: () => number,
  progress: (line: string) => void = () => {},
): Promise<StepResult[]> {
  const results: StepResult[] = [];
  let hasFailed = false;
  for (const { name, run } of steps) {
    if (hasFailed) {
      results.push({ name, result: 'not run', ms: 0, message: 'a step before it failed', needsHuman: false });
      continue;
    }
    progress(name);
    const started = clock();
    try {
      const message = await run();
      results.push({ name, result: 'ok', ms: clock() - started, message, needsHuman: false });
    } catch (error) {
      hasFailed = true;
      const message = error instanceof Error ? error.message : String(error);
      results.push({ name, result: 'failed', ms: clock() - started, message, needsHuman: true });
    }
  }
  return results;
}
