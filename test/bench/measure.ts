import { execFile } from 'node:child_process';

/** What a process took. `wall` is from the parent's view, start of the process included. */
export interface Measure {
  /** Milliseconds. */
  wall: number;
  /** Milliseconds over all threads; absent where the process did not tell. */
  cpu?: number;
  /** The most memory it held, in MB; absent where it did not tell. */
  memory?: number;
  /** What it came to, so that two sides can be compared. */
  result?: unknown;
  /** Characters it printed. */
  printed?: number;
}

/** A report about everybody among many is long. */
const PRINTED_AT_MOST = 500_000_000;

/** Runs a program to its end. Throws with what it complained about when it fails. */
export function runProgram(
  command: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<Measure> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const env = { ...process.env, ...variables };
    execFile(command, [...args], { maxBuffer: PRINTED_AT_MOST, env }, (error, stdout, stderr) => {
      const wall = performance.now() - start;
      if (error) reject(new Error(complaintIn(stderr) || error.message));
      else resolve({ wall, printed: stdout.length, ...toldBy(stdout) });
    });
  });
}

/** What a program said it died of: Node says it in the midst of traces; else its last line. */
export function complaintIn(stderr: string): string | undefined {
  const lines = stderr.trim().split('\n');
  return /FATAL ERROR: .*/.exec(stderr)?.[0] ?? lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.at(-1);
}

/** Programs of the bench end with one line of JSON; others say nothing of themselves. */
function toldBy(stdout: string): Partial<Measure> {
  const line = stdout.slice(stdout.trimEnd().lastIndexOf('\n') + 1);
  return line.startsWith('{"cpu"') ? JSON.parse(line) : {};
}

/** Runs every side once a round, each time beginning with another one; the medians of each. The first round does not count. */
export async function takeTurns<Side extends string>(
  rounds: number,
  sides: Readonly<Record<Side, () => Promise<Measure>>>,
): Promise<Record<Side, Measure>> {
  const names = Object.keys(sides) as Side[];
  const measured = Object.fromEntries(names.map((name) => [name, [] as Measure[]])) as Record<Side, Measure[]>;
  for (let round = 0; round <= rounds; round += 1)
    for (const position of names.keys()) {
      const name = names[(round + position) % names.length] as Side;
      const measure = await sides[name]();
      if (round > 0 || rounds === 0) measured[name].push(measure);
    }
  return Object.fromEntries(names.map((name) => [name, medians(measured[name])])) as Record<Side, Measure>;
}

const medians = (measures: readonly Measure[]): Measure => ({
  wall: median(measures.map(({ wall }) => wall)),
  cpu: median(measures.map(({ cpu }) => cpu ?? Number.NaN)),
  memory: median(measures.map(({ memory }) => memory ?? Number.NaN)),
  result: measures.at(-1)?.result,
  printed: measures.at(-1)?.printed,
});

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
