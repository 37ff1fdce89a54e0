import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openRepository } from '../../../scripts/open-repository.ts';
import { openCommit } from '../../../scripts/open-tree.ts';
import { sharedFiles } from '../../fixtures/register/random-history.ts';
import { saidOf } from '../../fixtures/register/said-of.ts';
import { commitAll, git, temporaryFolder, writeFiles } from '../../temporary-repository.ts';

const always = { few: 0, mostChanged: { files: 1_000, share: 0 } };

/** The sample company in a folder of a repository, without customers but for two. */
function company(folder: string): { root: string; top: string } {
  const top = temporaryFolder();
  const root = join(top, folder);
  git(top, 'init', '--quiet');
  const files = sharedFiles() as Record<string, string>;
  writeFiles(root.replace(/\/$/, ''), {
    ...files,
    'customers/acme.yaml': 'name: Acme\nplan: studio@2\naccount: bolt\n',
    'customers/coil.yaml': 'name: Coil\nplan: studio@2\n',
  });
  return { root, top };
}

async function holds(root: string): Promise<void> {
  const cold = await openRepository({ root }, { ref: 'HEAD' });
  expect(saidOf(await openCommit({ root }, 'HEAD', always))).toEqual(saidOf(cold));
}

it('reads everything where git’s own folder takes no register', async () => {
  const { root, top } = company('.');
  commitAll(top);
  writeFileSync(join(top, '.git/proviso'), 'in the way\n');
  await holds(root);
});

it('knows a folder of a larger repository by itself', async () => {
  const { root, top } = company('terms');
  writeFiles(top, { 'customers/acme.yaml': 'another\n', 'other/customers/bolt.yaml': 'name: Bolt\n' });
  commitAll(top);
  await holds(root);
  writeFiles(root, { 'customers/bolt.yaml': 'name: Bolt\nplan: studio@2\n' });
  writeFiles(top, { 'customers/coil.yaml': 'another\n' });
  commitAll(top);
  await holds(root);
});

it('sees a submodule that settings tell git not to look at', async () => {
  const { root, top } = company('.');
  commitAll(top);
  await holds(root);
  git(top, 'config', 'diff.ignoreSubmodules', 'all');
  git(top, 'update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},customers/sub`);
  writeFiles(top, { '.gitmodules': '[submodule "sub"]\n\tpath = customers/sub\n\turl = ./x\n\tignore = all\n' });
  git(top, 'add', '.gitmodules');
  git(top, 'commit', '--quiet', '--message', 'a submodule');
  await holds(root);
});

it('sees that the folder of customers has become a file, or was one', async () => {
  const { root, top } = company('.');
  commitAll(top);
  await holds(root);
  renameSync(join(top, 'customers'), join(top, 'kept'));
  git(top, 'rm', '--quiet', '-r', '--cached', 'customers');
  writeFileSync(join(top, 'customers'), 'name: Acme\n');
  commitAll(top);
  await holds(root);
  writeFiles(top, { 'plans/README.md': 'other words\n' });
  commitAll(top);
  await openCommit({ root }, 'HEAD', { few: 0, mostChanged: { files: 0, share: 0 } });
  await holds(root);
});
