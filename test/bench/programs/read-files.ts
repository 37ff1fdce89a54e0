/** `read-files objects|checkout|folder <root>`: the files of HEAD, in three ways. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCommit, readWorkingTree } from '../../../engine/io/read-repository.ts';
import { runGit } from '../../../engine/io/run-git.ts';
import type { SourceFile } from '../../../engine/source-file.ts';
import { tell } from './tell.ts';

const [way, root = '.'] = process.argv.slice(2);

async function readFiles(): Promise<SourceFile[]> {
  if (way === 'objects') return (await readCommit(root, 'HEAD')).files;
  if (way === 'folder') return readWorkingTree(root).files;
  const around = mkdtempSync(join(tmpdir(), 'proviso-checkout-'));
  const folder = join(around, 'head');
  await runGit(root, ['worktree', 'add', '--quiet', '--detach', folder, 'HEAD']);
  const { files } = readWorkingTree(folder);
  await runGit(root, ['worktree', 'remove', folder]);
  rmSync(around, { recursive: true });
  return files;
}

const files = await readFiles();
tell([files.length, files.reduce((total, { bytes }) => total + bytes.length, 0)]);
