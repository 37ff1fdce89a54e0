import type { Measure } from './measure.ts';

/** One comparison. */
export interface Row {
  what: string;
  /** `12 ms CPU`, each side in its unit. */
  ours: string;
  other: string;
  /** Absent where one side could not be measured, or where there is nothing to compare with. */
  ratio?: number;
  goal?: { atLeast: number } | { atMost: number };
}

/** What a part is given to measure with. */
export interface Bench {
  /** Where it may write; removed at the end. */
  folder: string;
  /** More than a laptop does in a minute. */
  large: boolean;
  /** So many customers or files, or a tenth of it where the bench itself is tried. */
  size(full: number): number;
  /** So many rounds, or one where the bench itself is tried. */
  rounds(full: number): number;
  /** A generated repository of that many customers; the same one for every part that asks, so nothing in it is changed. */
  repository(customers: number, kind: RepositoryKind): Promise<string>;
  /** Runs a program of `programs/` by its name. */
  run(program: string, ...args: readonly string[]): Promise<Measure>;
  /** Runs the command line as it ships. */
  runProviso(...args: readonly string[]): Promise<Measure>;
  /** The same, and it tells CPU, memory and its exit code; what was found is no failure. */
  measureProviso(...args: readonly string[]): Promise<Measure>;
  /** What the command line prints; what was found is no failure. */
  askProviso(...args: readonly string[]): Promise<string>;
}

/** A folder alone; one that is committed; one whose customers are in the commit alone. */
export type RepositoryKind = 'folder' | 'git' | 'sparse';

export type Part = (bench: Bench) => Promise<Row[]>;

export const count = (number: number): string => number.toLocaleString('en');

export const cpu = ({ cpu = Number.NaN }: Measure): string => `${Math.round(cpu)} ms CPU`;
export const wall = ({ wall }: Measure): string => `${wall < 10 ? wall.toFixed(1) : Math.round(wall)} ms`;
export const memory = ({ memory = Number.NaN }: Measure): string => `${Math.round(memory)} MB`;

export const cpuRatio = (over: Measure, under: Measure): number => (over.cpu ?? Number.NaN) / (under.cpu ?? Number.NaN);
export const wallRatio = (over: Measure, under: Measure): number => over.wall / under.wall;

/** Two pipelines that come to different results did not do the same work. */
export function demandSame(what: string, one: Measure, other: Measure): void {
  if (JSON.stringify(one.result) !== JSON.stringify(other.result))
    throw new Error(
      `the two sides of "${what}" come to ${JSON.stringify(one.result)} and ${JSON.stringify(other.result)}`,
    );
}
