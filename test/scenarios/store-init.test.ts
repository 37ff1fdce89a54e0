import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runProviso } from '../run-proviso.ts';
import { temporaryFolder } from '../temporary-repository.ts';

const init = (folder: string, ...words: string[]) => runProviso(['store', 'init', ...words], { folder });

test('a store that can be trusted is made ready, and what was proven is said', async () => {
  const folder = temporaryFolder();
  const { exitCode, stdout, stderr } = await init(folder, '--store', 'file:./releases');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const lines = stdout.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^file:\/\/.*\/releases can be published to\. Proven by \d{3} operations /);
  expect(lines.slice(1, -1).every((line) => line.startsWith('  ok      '))).toBe(true);
  expect(stdout).toContain('  ok      of eight publishers at once exactly one wins');
  expect(lines.at(-1)).toMatch(/^Not tried: removing what is old/);
  expect(readdirSync(join(folder, 'releases/heads'))).toEqual([]);
});

test('the same as data', async () => {
  const { exitCode, stdout } = await init(temporaryFolder(), '--store', 'file:./releases', '--format', 'json');
  const { checks, operations, store, ...rest } = JSON.parse(stdout);
  expect({ exitCode, ...rest }).toEqual({ exitCode: 0, ready: true, made: [], findings: [], diagnostics: [] });
  expect(store).toMatch(/^file:\/\//);
  expect(operations).toBeGreaterThan(200);
  expect(checks).toHaveLength(14);
  expect(checks[0]).toEqual({
    name: 'absent-objects',
    proves: 'an object that was never stored is not there',
    passed: true,
  });
});

test('a store that cannot be reached or is none is exit 3, without a secret', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'a-file'), '');
  const noFolder = await init(folder, '--store', 'file:./a-file');
  expect(noFolder).toMatchObject({ exitCode: 3, stdout: '', stderr: expect.stringContaining('it is not a folder') });
  const unknown = await init(folder, '--store', 'gopher://user:hunter2@store.example/x');
  expect(unknown).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('no store of kind "gopher:"') });
  expect(unknown.stderr).not.toContain('hunter2');
});

test('progress is shown to somebody at a terminal only', async () => {
  const folder = temporaryFolder();
  const { stderr } = await runProviso(['store', 'init'], { folder, isTTY: true });
  expect(stderr).toContain('trying it out, 1 of 14: an object that was never stored is not there …');
  expect(existsSync(join(folder, '.proviso/store/heads'))).toBe(true);
});
