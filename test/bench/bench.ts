/** `npm run bench [-- --large | --small | --table] [part…]`: prints how fast we are, compared with what; see the README beside this file. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { table } from '../../engine/report/table.ts';
import { openBench } from './open-bench.ts';
import type { Row } from './part.ts';
import { parts } from './parts/registry.ts';
import { keepRun, loadNow, machineHere, type Run, type TakenPart } from './run.ts';
import { verdict } from './verdict.ts';
import { writePage } from './write-page.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const kept = join(project, '.bench');

const print = (rows: readonly Row[], isTried: boolean): void => {
  const right = { align: 'right' } as const;
  const columns = [{ title: 'comparison' }, { title: 'ours', ...right }, { title: 'other', ...right }];
  const lines = rows.map((row) => [row.what, row.ours, row.other, ...verdict(row, isTried)]);
  process.stdout.write(`\n${table([...columns, { title: 'ratio', ...right }, { title: 'goal' }], lines)}`);
};

async function take(folder: string, scale: Run['scale'], wanted: readonly string[]): Promise<void> {
  const bench = await openBench(folder, scale);
  const commit = execFileSync('git', ['describe', '--always', '--dirty'], { cwd: project, encoding: 'utf8' }).trim();
  const run: Run = { at: new Date().toISOString(), commit, scale, machine: machineHere(), parts: [] };
  for (const [name, { title, take, onDemand }] of Object.entries(parts)) {
    if (wanted.length > 0 ? !wanted.includes(name) : onDemand) continue;
    process.stderr.write(`measuring: ${name}\n`);
    const [at, begun, before] = [new Date().toISOString(), performance.now(), loadNow()];
    const taken: TakenPart = { name, title, at, seconds: 0, load: { before, after: before }, rows: [] };
    try {
      taken.rows = await take(bench);
    } catch (error) {
      taken.failure = error instanceof Error ? error.message : String(error);
      process.stderr.write(`  not measured: ${taken.failure}\n`);
    }
    taken.seconds = Math.round((performance.now() - begun) / 1000);
    taken.load.after = loadNow();
    run.parts.push(taken);
    keepRun(kept, run);
  }
  print(
    run.parts.flatMap(({ rows }) => rows),
    scale === 'small',
  );
  process.stderr.write(`\nkept as ${keepRun(kept, run)}\n`);
}

const words = process.argv.slice(2);
const wanted = words.filter((word) => !word.startsWith('--'));
const unknown = [
  ...wanted.filter((name) => !(name in parts)),
  ...words.filter((word) => word.startsWith('--') && !['--large', '--small', '--table'].includes(word)),
];
if (unknown.length > 0) {
  process.stderr.write(`there is no ${unknown.join(', ')}; parts are ${Object.keys(parts).join(', ')}\n`);
  process.exitCode = 2;
} else if (words.includes('--table')) {
  const page = join(project, 'docs', 'performance.md');
  writePage(kept, page);
  process.stderr.write(`written: ${page}\n`);
} else {
  const folder = mkdtempSync(join(tmpdir(), 'proviso-bench-'));
  const scale = words.includes('--large') ? 'large' : words.includes('--small') ? 'small' : 'usual';
  try {
    await take(folder, scale, wanted);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
