import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));

/** Commands are tested as they ship, so they are compiled before any test runs; so are the programs that tests start. */
export default function setup(): void {
  const folder = join(project, 'node_modules', '.cache', 'proviso-tests');
  mkdirSync(folder, { recursive: true });
  // Below node_modules a folder says for itself that its files are modules.
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  execFileSync('npm', ['run', '-s', 'build'], { cwd: project, stdio: 'inherit' });
  const tsc = join(project, 'node_modules', 'typescript', 'bin', 'tsc');
  execFileSync(process.execPath, [tsc, '-p', join(project, 'test', 'tsconfig.programs.json')], { stdio: 'inherit' });
}
