import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runGit } from '../../engine/io/run-git.ts';
import { generateRepository } from '../../scripts/generate.ts';
import { runProgram } from './measure.ts';
import type { Bench, RepositoryKind } from './part.ts';
import type { Run } from './run.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const compiled = join(project, 'node_modules', '.cache', 'proviso-bench');
const proviso = join(project, 'dist', 'scripts', 'proviso.js');

/** Compiles the programs, and gives parts what they measure with. `folder` is there and empty. */
export async function openBench(folder: string, scale: Run['scale']): Promise<Bench> {
  await compilePrograms();
  const repositories = new Map<string, Promise<string>>();
  const generate = async (customers: number, kind: RepositoryKind): Promise<string> => {
    const out = join(folder, `${kind}-${customers}`);
    await generateRepository({ customers, out, git: kind !== 'folder', sparse: kind === 'sparse' });
    // A clone knows where it comes from, and is called by that.
    if (kind !== 'folder') await runGit(out, ['remote', 'add', 'origin', 'https://git.example.com/acme/terms.git']);
    return out;
  };
  const isSmall = scale === 'small';
  const run: Bench['run'] = (program, ...args) =>
    runProgram(process.execPath, [join(compiled, 'test', 'bench', 'programs', `${program}.js`), ...args]);
  return {
    folder,
    large: scale === 'large',
    size: (full) => (isSmall ? full / 10 : full),
    rounds: (full) => (isSmall ? 1 : full),
    repository(customers, kind) {
      const name = `${kind}-${customers}`;
      const known = repositories.get(name) ?? generate(customers, kind);
      repositories.set(name, known);
      return known;
    },
    run,
    runProviso: (...args) => runProgram(process.execPath, [proviso, ...args]),
    measureProviso: (...args) => run('run-proviso', proviso, ...args),
    askProviso: (...args) =>
      new Promise((resolve, reject) => {
        execFile(process.execPath, [proviso, ...args], { maxBuffer: 500_000_000 }, (error, stdout, stderr) => {
          if (error && error.code !== 1) reject(new Error(stderr.trim() || error.message));
          else resolve(stdout);
        });
      }),
  };
}

async function compilePrograms(): Promise<void> {
  mkdirSync(compiled, { recursive: true });
  // Below node_modules a folder says for itself that its files are modules.
  writeFileSync(join(compiled, 'package.json'), '{ "type": "module" }\n');
  const tsc = join(project, 'node_modules', 'typescript', 'bin', 'tsc');
  await runProgram(process.execPath, [tsc, '-p', join(project, 'test', 'bench', 'tsconfig.json')]);
}
