import { mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { bundleCommands } from './bundle-commands.ts';

/**
 * Writes the commands of a project to its `dist/scripts`, and leaves in `dist` nothing else but what the compiler makes of
 * `runtime/` and `schemas/setting.ts` as they are now.
 */
export async function finishPackage(project: string): Promise<void> {
  const within = (folder: string, kind: 'files' | 'folders'): string[] =>
    readdirSync(join(project, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory() === (kind === 'folders'))
      .map(({ parentPath, name }) => relative(project, join(parentPath, name)).replaceAll(sep, posix.sep));

  const commands = await bundleCommands(project);
  mkdirSync(join(project, 'dist/scripts'), { recursive: true });
  for (const [name, code] of commands) {
    const path = join(project, 'dist/scripts', name);
    // What is as it was is left alone: a command that runs meanwhile may have it to load yet.
    if (readIfThere(path) !== code) writeFileSync(path, code);
  }
  const compiled = [...within('runtime', 'files').filter((path) => path.endsWith('.ts')), 'schemas/setting.ts'];
  const wanted = new Set([
    'dist/.tsbuildinfo',
    ...compiled.flatMap((path) => ['.js', '.d.ts'].map((ending) => `dist/${path.replace(/\.ts$/, ending)}`)),
    ...[...commands.keys()].map((name) => `dist/scripts/${name}`),
  ]);
  for (const path of within('dist', 'files')) if (!wanted.has(path)) rmSync(join(project, path));
  for (const folder of within('dist', 'folders').sort().reverse())
    if (readdirSync(join(project, folder)).length === 0) rmdirSync(join(project, folder));
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
