import { cpSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runProviso } from '../run-proviso.ts';
import { commitAll, temporaryRepository, writeFiles } from '../temporary-repository.ts';
import { tinyCompany } from './tiny-company.ts';

it('publishes nothing when the folder of a larger repository has become a link to another one', async () => {
  const files = Object.entries(tinyCompany).map(([path, text]) => [`terms/${path}`, text]);
  const { root } = temporaryRepository({ '.gitignore': '.proviso/\n', ...Object.fromEntries(files) });
  const publish = async () => {
    const { exitCode, stderr } = await runProviso(['publish', '--root', 'terms'], { folder: root });
    return [exitCode, stderr.split('\n')[0]];
  };
  expect(await publish()).toEqual([0, '']);
  cpSync(join(root, 'terms'), join(root, 'other/terms'), { recursive: true });
  writeFiles(root, { 'other/terms/customers/extra.yaml': 'name: Extra\nplan: studio@1\n' });
  commitAll(root);
  expect(await publish()).toEqual([0, '']);
  rmSync(join(root, 'terms'), { recursive: true });
  symlinkSync('other/terms', join(root, 'terms'));
  commitAll(root);
  expect(await publish()).toEqual([
    2,
    expect.stringMatching(/^proviso: terms was a folder when .* is a symbolic link now$/),
  ]);
});
