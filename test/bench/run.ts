import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Row } from './part.ts';

/** Where rows were taken, and how busy the machine was meanwhile. */
export interface Machine {
  cpu: string;
  cores: number;
  /** GB. */
  memory: number;
  system: string;
  node: string;
  git: string;
}

/** What one part came to. */
export interface TakenPart {
  name: string;
  title: string;
  /** ISO 8601. */
  at: string;
  seconds: number;
  /** Load average of the last minute before and after. */
  load: { before: number; after: number };
  rows: readonly Row[];
  /** Why it was not measured to its end. */
  failure?: string;
}

/** One `npm run bench`, as it is kept. */
export interface Run {
  at: string;
  commit: string;
  /** `small`: a tenth of the sizes and one round, to try the bench itself. */
  scale: 'small' | 'usual' | 'large';
  machine: Machine;
  parts: TakenPart[];
}

export function machineHere(): Machine {
  const [first] = cpus();
  return {
    cpu: first?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memory: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()}`,
    node: process.version,
    git: execFileSync('git', ['--version'], { encoding: 'utf8' }).trim().replace('git version ', ''),
  };
}

/** The load average of the last minute; it says how much a time can be trusted, and whether a ratio can. */
export const loadNow = (): number => Math.round((loadavg()[0] ?? 0) * 10) / 10;

/** Writes a run as it stands, so that what was measured is kept when a later part ends everything. */
export function keepRun(folder: string, run: Run): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${run.at.replaceAll(':', '-').replace(/\..*/, '')}.json`);
  // A ratio that is none is left out: JSON has no word for it.
  const text = JSON.stringify(
    run,
    (_, value) => (Number.isFinite(value) || typeof value !== 'number' ? value : undefined),
    1,
  );
  writeFileSync(`${file}.new`, `${text}\n`);
  renameSync(`${file}.new`, file);
  return file;
}

/** Every run that is kept, the oldest first. */
export function readRuns(folder: string): Run[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Run);
}
