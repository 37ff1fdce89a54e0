import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { temporaryFolder } from '../temporary-repository.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));

interface Workflow {
  jobs: { publish: { steps: { name?: string; run?: string }[] } };
}

/** What the package says of itself when `npm publish` is called, and how it is called, in a repository of this name. */
function publishedFrom(repository: string): { manifest: Record<string, unknown>; call: string } {
  const { jobs } = parse(readFileSync(join(project, '.github/workflows/package.yml'), 'utf8')) as Workflow;
  const script = jobs.publish.steps.find(({ name }) => name === 'Publish')?.run ?? '';
  const folder = temporaryFolder();
  copyFileSync(join(project, 'package.json'), join(folder, 'package.json'));
  const npm = `npm() { if [ "$1" = publish ]; then printf '%s ' "$@" > call; else command npm "$@"; fi; }`;
  execFileSync('bash', ['-e', '-c', `${npm}\n${script}`], {
    cwd: folder,
    env: { ...process.env, GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: repository },
  });
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  return { manifest: JSON.parse(read('package.json')) as Record<string, unknown>, call: read('call').trim() };
}

test('what is published names the repository it was built in, and holds nothing that is only for working on it', () => {
  const source = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as Record<string, unknown>;
  const { manifest, call } = publishedFrom('somebody/terms-as-code');
  expect(call).toBe('publish --provenance --access public --ignore-scripts');
  const { scripts, devDependencies, ...others } = source;
  expect([scripts, devDependencies]).not.toContain(undefined);
  expect(manifest).toEqual({
    ...others,
    repository: { type: 'git', url: 'git+https://github.com/somebody/terms-as-code.git' },
  });
});
