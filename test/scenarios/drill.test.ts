import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { rehearse } from '../../engine/publish/rehearse.ts';
import { git, writeFiles } from '../temporary-repository.ts';
import { sampleRepository, tinyRepository } from './company-in-git.ts';
import { json, run } from './sample-company.ts';

const names = ['fresh environment', 'new customer', 'role change', 'backup', 'restore', 'rollback', 'roll forward'];
const heads = (root: string): string[] => {
  const folder = join(root, '.proviso/store/heads');
  return existsSync(folder) ? readdirSync(folder) : [];
};

it('a drill rehearses every step with the terms of the repository, and leaves no head and no file behind', async () => {
  const root = sampleRepository();
  await json(root, 'publish');
  const before = [git(root, 'status', '--porcelain'), git(root, 'rev-parse', 'HEAD'), heads(root)];
  const drill = await json(root, 'drill');
  expect(drill).toMatchObject({
    exitCode: 0,
    environment: expect.stringMatching(/^scratch-2026-11-20-[0-9a-f]{8}$/),
    steps: names.map((name) => ({ name, result: 'ok', ms: expect.any(Number), needsHuman: false })),
  });
  expect([git(root, 'status', '--porcelain'), git(root, 'rev-parse', 'HEAD'), heads(root)]).toEqual(before);
  expect(await json(root, 'status')).toMatchObject({ release: 1, drift: false });
});

it('a drill is told as a table, also as Markdown', async () => {
  const { root } = tinyRepository();
  const text = await run(root, 'drill');
  expect(text).toMatchObject({ exitCode: 0, stderr: '' });
  expect(text.stdout).toMatch(
    /^step .*\nfresh environment +ok +\d+\.\d\d s +none +release 1, 1 customer; acme is read\n/,
  );
  expect(text.stdout).toMatch(/7 steps in \d+\.\d\d s in scratch-.* Nothing needed a human\.\n$/);
  const markdown = await run(root, 'drill', '--format', 'markdown');
  expect(markdown.stdout).toMatch(/^\| step \| result \| time \| human \| what was seen \|\n\| --- /);
  expect(heads(root)).toEqual([]);
});

it('a drill of terms that cannot be released fails at that step, and cleans up', async () => {
  const { root } = tinyRepository();
  writeFiles(root, { 'customers/acme.yaml': 'name: Acme\nplan: nowhere@1\n' });
  git(root, 'commit', '--all', '--quiet', '--message', 'break');
  const { exitCode, steps } = await json(root, 'drill');
  expect(exitCode).toBe(1);
  expect(steps).toMatchObject([
    { result: 'failed', needsHuman: true, message: expect.stringContaining('customers/acme.yaml:2: ') },
    ...names.slice(1).map((name) => ({ name, result: 'not run', needsHuman: false })),
  ]);
  expect(heads(root)).toEqual([]);
});

it('steps are timed, and none is run after one that failed', async () => {
  let time = 0;
  const step = (name: string, fails = false) => ({
    name,
    run: async () => {
      time += 5;
      if (fails) throw new Error('no room');
      return 'fine';
    },
  });
  expect(await rehearse([step('one'), step('two', true), step('three')], () => time)).toEqual([
    { name: 'one', result: 'ok', ms: 5, message: 'fine', needsHuman: false },
    { name: 'two', result: 'failed', ms: 5, message: 'no room', needsHuman: true },
    { name: 'three', result: 'not run', ms: 0, message: 'a step before it failed', needsHuman: false },
  ]);
});
