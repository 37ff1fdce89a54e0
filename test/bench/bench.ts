/** `npm run bench [-- --large] [part…]`: prints how fast we are, compared with what; see the README beside this file. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { table } from '../../engine/report/table.ts';
import { generateRepository } from '../../scripts/generate.ts';
import { runProgram } from './measure.ts';
import type { Bench, Part, Row } from './part.ts';
import { abuse } from './parts/abuse.ts';
import { http } from './parts/http.ts';
import { notice } from './parts/notice.ts';
import { parse } from './parts/parse.ts';
import { publish } from './parts/publish.ts';
import { read } from './parts/read.ts';
import { reads } from './parts/reads.ts';
import { ref } from './parts/ref.ts';
import { scan } from './parts/scan.ts';
import { start } from './parts/start.ts';
import { stores } from './parts/stores.ts';

const parts: Readonly<Record<string, Part>> = {
  read,
  parse,
  ref,
  start,
  publish,
  scan,
  stores,
  reads,
  http,
  abuse,
  notice,
};

const project = fileURLToPath(new URL('../..', import.meta.url));
const compiled = join(project, 'node_modules', '.cache', 'proviso-bench');

async function compilePrograms(): Promise<void> {
  mkdirSync(compiled, { recursive: true });
  // Below node_modules a folder says for itself that its files are modules.
  writeFileSync(join(compiled, 'package.json'), '{ "type": "module" }\n');
  const tsc = join(project, 'node_modules', 'typescript', 'bin', 'tsc');
  await runProgram(process.execPath, [tsc, '-p', join(project, 'test', 'bench', 'tsconfig.json')]);
}

function openBench(folder: string, large: boolean): Bench {
  const repositories = new Map<string, Promise<string>>();
  const generate = async (customers: number, kind: 'folder' | 'git'): Promise<string> => {
    const out = join(folder, `${kind}-${customers}`);
    await generateRepository({ customers, out, git: kind === 'git' });
    return out;
  };
  return {
    folder,
    large,
    repository(customers, kind) {
      const name = `${kind}-${customers}`;
      const known = repositories.get(name) ?? generate(customers, kind);
      repositories.set(name, known);
      return known;
    },
    run: (program, ...args) =>
      runProgram(process.execPath, [join(compiled, 'test', 'bench', 'programs', `${program}.js`), ...args]),
    runProviso: (...args) => runProgram(process.execPath, [join(project, 'dist', 'scripts', 'proviso.js'), ...args]),
  };
}

function verdict({ ratio, goal }: Row): string[] {
  if (Number.isNaN(ratio)) return ['', 'not compared'];
  if (!goal) return [`${ratio.toFixed(2)}×`, ''];
  const [sign, bound, isMet] =
    'atLeast' in goal ? ['≥', goal.atLeast, ratio >= goal.atLeast] : ['≤', goal.atMost, ratio <= goal.atMost];
  return [`${ratio.toFixed(2)}×`, `${sign} ${bound}× ${isMet ? '✓' : '✗ missed'}`];
}

const print = (rows: readonly Row[]): void => {
  const right = { align: 'right' } as const;
  const columns = [{ title: 'comparison' }, { title: 'ours', ...right }, { title: 'other', ...right }];
  const lines = rows.map((row) => [row.what, row.ours, row.other, ...verdict(row)]);
  process.stdout.write(`\n${table([...columns, { title: 'ratio', ...right }, { title: 'goal' }], lines)}`);
};

const words = process.argv.slice(2);
const wanted = words.filter((word) => !word.startsWith('--'));
const folder = mkdtempSync(join(tmpdir(), 'proviso-bench-'));
try {
  await compilePrograms();
  const bench = openBench(folder, words.includes('--large'));
  const rows: Row[] = [];
  for (const [name, part] of Object.entries(parts)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    process.stderr.write(`measuring: ${name}\n`);
    try {
      rows.push(...(await part(bench)));
    } catch (error) {
      process.stderr.write(`  not measured: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
  print(rows);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
