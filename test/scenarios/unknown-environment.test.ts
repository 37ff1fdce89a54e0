import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commitAll, writeFiles } from '../temporary-repository.ts';
import { tinyRepository } from './company-in-git.ts';
import { json, run } from './sample-company.ts';

const PUBLISH = 'policies/publish.yaml';
const environments =
  'language: 1\nenvironments: { local: { verify: none }, production: { verify: none, signed: false } }\n';
const commands = [['publish'], ['status'], ['history'], ['get', 'acme']];

it('an environment that nobody wrote down is said in one way by all who read or publish it', async () => {
  const { root } = tinyRepository({ [PUBLISH]: environments });
  const refused = {
    exitCode: 2,
    error: {
      kind: 'usage',
      message: 'policies/publish.yaml has no environment prodution; did you mean production?',
      help: 'it has local and production',
    },
  };
  for (const words of commands) expect(await json(root, ...words, '--env', 'prodution')).toMatchObject(refused);
});

it('an environment that is written down, or the local one, is only not published yet', async () => {
  const { root } = tinyRepository({ [PUBLISH]: environments.replace('local: { verify: none }, ', '') });
  for (const name of ['production', 'local']) {
    const yet = `othing is published for ${name}/stable yet`;
    expect((await run(root, 'history', '--env', name)).stdout).toContain(yet);
    for (const words of [['status'], ['get', 'acme']])
      expect((await run(root, ...words, '--env', name)).stderr).toContain(yet);
  }
});

it.each([
  ['there is no policies/publish.yaml', undefined],
  ['it cannot be read', 'environments: [\n'],
  ['it names no environment', 'language: 1\nenvironments: {}\n'],
])('any environment is only not published yet where %s', async (_, text) => {
  const { root } = tinyRepository();
  if (text !== undefined) writeFiles(root, { [PUBLISH]: text });
  expect(await run(root, 'history', '--env', 'prodution')).toMatchObject({
    exitCode: 0,
    stdout: 'Nothing is published for prodution/stable yet.\n',
  });
});

it('what was published under a name is read, also when the name is written down no more', async () => {
  const { root } = tinyRepository({ [PUBLISH]: environments.replace('production', 'staging') });
  expect(await json(root, 'publish', '--env', 'staging')).toMatchObject({ exitCode: 0, release: 1 });
  writeFiles(root, { [PUBLISH]: environments });
  commitAll(root);
  for (const words of [['status'], ['history']])
    expect(await run(root, ...words, '--env', 'staging')).toMatchObject({ exitCode: 0, stderr: '' });
  expect((await run(root, 'get', 'acme', '--env', 'staging')).stderr).toContain('checked with keys');
  rmSync(join(root, '.proviso'), { recursive: true });
  expect(await json(root, 'status', '--env', 'staging')).toMatchObject({ exitCode: 2 });
});
