import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { complaintIn, type Measure } from './measure.ts';

/** How often the memory of what runs is looked at: a peak shorter than this is missed. */
const EVERY_MS = 20;

/**
 * Runs a line of `/bin/sh` that throws away what it prints; `$1` and so on are the arguments. CPU is that of all it started, as the shell tells it,
 * in steps of 10 ms. Memory is the most that all of it held together, looked at as it runs; absent where there is no `/proc`.
 * Throws with what it complained about when it fails.
 */
export function measureCommand(line: string, args: readonly string[] = []): Promise<Measure> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    // What `times` prints is all the line prints.
    const script = `{ ${line}\n} > /dev/null || exit 1; times`;
    let peak = Number.NaN;
    const child = execFile('/bin/sh', ['-c', script, 'sh', ...args], (error, stdout, stderr) => {
      clearInterval(looking);
      const wall = performance.now() - start;
      if (error) reject(new Error(complaintIn(stderr) || error.message));
      else resolve({ wall, cpu: cpuOfChildren(stdout), memory: peak });
    });
    const looking = setInterval(() => {
      const held = memoryBelow(child.pid ?? 0);
      if (held > 0 && !(held < peak)) peak = held;
    }, EVERY_MS);
  });
}

/** `times` of a shell tells of itself, then of what it ran: `0m0.12s 0m0.03s`, user and system. */
export function cpuOfChildren(told: string): number {
  const all = [...told.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, seconds]) => Number(minutes) * 60 + Number(seconds),
  );
  return 1_000 * ((all[2] ?? Number.NaN) + (all[3] ?? Number.NaN));
}

/** MB that everything a process started holds now. */
function memoryBelow(pid: number): number {
  let held = 0;
  for (const child of readNumbers(`/proc/${pid}/task/${pid}/children`)) {
    const kept = /^VmRSS:\s+(\d+) kB/m.exec(readProc(`/proc/${child}/status`));
    held += Number(kept?.[1] ?? 0) / 1024 + memoryBelow(child);
  }
  return held;
}

const readNumbers = (path: string): number[] => readProc(path).split(' ').filter(Boolean).map(Number);

/** A process may be gone by now. */
function readProc(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
