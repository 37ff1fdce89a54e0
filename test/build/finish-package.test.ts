import { existsSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { finishPackage } from '../../scripts/build/finish-package.ts';
import { temporaryFolder, writeFiles } from '../temporary-repository.ts';

const sources = {
  'scripts/proviso.ts': `import { commands } from './commands/registry.ts';\nawait commands[process.argv[2] ?? '']?.();\n`,
  'scripts/commands/registry.ts':
    "export const commands: Record<string, () => Promise<unknown>> = { read: () => import('./read.ts'), write: () => import('./write.ts') };\n",
  'scripts/commands/read.ts': "export const command: string = 'read';\n",
  'scripts/commands/write.ts': "export const command: string = 'write';\n",
  'engine/io/settings-process.ts': 'process.exitCode = 0;\n',
  'engine/io/register-worker.ts': 'process.exitCode = 1;\n',
  'engine/io/compile-worker.ts': 'process.exitCode = 2;\n',
  'runtime/index.ts': 'export const reader: number = 1;\n',
  'schemas/setting.ts': 'export const setting: number = 1;\n',
};

/** What the compiler wrote: of today's sources, and of what is gone by now. */
const compiled = {
  'dist/.tsbuildinfo': '{}',
  'dist/runtime/index.js': '',
  'dist/runtime/index.d.ts': '',
  'dist/runtime/stores/gone.js': '',
  'dist/schemas/setting.js': '',
  'dist/schemas/setting.d.ts': '',
  'dist/engine/old.js': '',
  'dist/scripts/old.js': '',
};

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();

it('leaves in `dist` what is made of the sources as they are, and nothing of those that are gone', async () => {
  const project = temporaryFolder();
  writeFiles(project, { ...sources, ...compiled });
  await finishPackage(project);
  expect(filesIn(join(project, 'dist'))).toEqual([
    '.tsbuildinfo',
    'runtime/index.d.ts',
    'runtime/index.js',
    'schemas/setting.d.ts',
    'schemas/setting.js',
    'scripts/compile-worker.js',
    'scripts/proviso.js',
    'scripts/register-worker.js',
    'scripts/settings-process.js',
    'scripts/start.js',
    'scripts/together.js',
  ]);
  expect(['engine', 'runtime/stores'].filter((name) => existsSync(join(project, 'dist', name)))).toEqual([]);
});

it('writes again only what a change of the sources changes', async () => {
  const project = temporaryFolder();
  writeFiles(project, { ...sources, ...compiled });
  await finishPackage(project);
  const scripts = join(project, 'dist/scripts');
  for (const name of readdirSync(scripts)) utimesSync(join(scripts, name), 1, 1);
  const written = () => readdirSync(scripts).filter((name) => statSync(join(scripts, name)).mtimeMs > 1_000);
  await finishPackage(project);
  expect(written()).toEqual([]);
  writeFiles(project, { 'scripts/commands/read.ts': "export const command: string = 'read it';\n" });
  await finishPackage(project);
  expect(written()).toEqual(['together.js']);
  expect(readFileSync(join(scripts, 'together.js'), 'utf8')).toContain('read it');
});
