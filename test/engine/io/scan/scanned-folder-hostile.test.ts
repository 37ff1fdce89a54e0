import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runGit, tryGit } from '../../../../engine/io/run-git.ts';
import { scannedFolder } from '../../../../engine/io/scan/scanned-folder.ts';
import { commitAll, temporaryRepository } from '../../../temporary-repository.ts';

/** A folder that git would take for a repository of its own, with what it is told to run. */
function disguise(folder: string, trace: string): void {
  for (const name of ['objects', 'refs/heads', 'info']) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'HEAD'), 'ref: refs/heads/main\n');
  writeFileSync(join(folder, 'config'), `[core]\n\tworktree = .\n\tfsmonitor = "touch ${trace}"\n`);
}

it('takes no folder of a checkout for a repository, whatever lies in it', async () => {
  const { root } = temporaryRepository({ 'src/a.ts': '1' });
  const trace = join(root, 'ran');
  disguise(join(root, 'src'), trace);
  commitAll(root);
  const version = /(\d+)\.(\d+)/.exec(await runGit(root, ['--version'])) ?? [];
  if (Number(version[1]) === 2 && Number(version[2]) < 38) return;
  await expect(scannedFolder(join(root, 'src'))).rejects.toThrow(/bare repository/);
  expect((await tryGit(join(root, 'src'), ['status'])).code).not.toBe(0);
  expect(existsSync(trace)).toBe(false);
  expect((await scannedFolder(root)).inGit).toBe(true);
});
