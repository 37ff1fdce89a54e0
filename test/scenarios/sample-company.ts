import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { type Ran, runProviso } from '../run-proviso.ts';
import { temporaryFolder, writeFiles } from '../temporary-repository.ts';

const sample = fileURLToPath(new URL('../..', import.meta.url));

/** A copy of the sample company, with these files on top. */
export function sampleCompany(files: Readonly<Record<string, string>> = {}): string {
  const folder = temporaryFolder();
  copySample(folder);
  writeFiles(folder, files);
  return folder;
}

/** Copies what the sample company has as data; its settings come as the catalogue, so no code of it runs. */
export function copySample(folder: string): void {
  for (const room of ['customers', 'plans', 'policies', 'schemas/generated'])
    cpSync(join(sample, room), join(folder, room), { recursive: true });
}

export const run = (folder: string, ...argv: string[]): Promise<Ran> =>
  runProviso(argv, { folder, now: '2026-11-20T10:00:00Z' });

/** What a command answers as JSON, and its exit code. */
export async function json(folder: string, ...argv: string[]): Promise<Record<string, unknown>> {
  const { exitCode, stdout } = await run(folder, ...argv, '--format', 'json');
  return { exitCode, ...(JSON.parse(stdout) as object) };
}

export const read = (folder: string, path: string): string => readFileSync(join(folder, path), 'utf8');

/** Every file of a folder and what it holds. */
export const disk = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), 'latin1')]),
  );

/** Runs a command that must not write, and gives what it said. */
export async function refused(folder: string, exitCode: number, ...argv: string[]): Promise<string> {
  const before = disk(folder);
  const ran = await run(folder, ...argv);
  expect(disk(folder)).toEqual(before);
  expect({ exitCode: ran.exitCode, stdout: ran.stdout }, ran.stderr).toEqual({ exitCode, stdout: '' });
  return ran.stderr;
}

/** What is wrong with a whole repository, every future day included. */
export async function errorsOf(folder: string): Promise<unknown[]> {
  const { diagnostics } = await json(folder, 'compile');
  return (diagnostics as { severity: string }[]).filter(({ severity }) => severity === 'error');
}
