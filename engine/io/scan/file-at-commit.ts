import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { gitFailure, tryGit } from '../run-git.ts';

/**
 * The bytes a file had in a commit, by its path from the top of the repository; links in the path are followed as the commit has them.
 * `undefined` where there was no such file.
 */
export async function fileAtCommit(top: string, commit: string, path: string): Promise<Uint8Array | undefined> {
  if (path.includes('\n')) return undefined;
  const args = ['cat-file', '--batch', '--follow-symlinks'];
  const { code, stdout, stderr } = await tryGit(top, args, { input: `${commit}:${path}\n` });
  if (code !== 0) throw gitFailure(top, args, stderr);
  const end = stdout.indexOf('\n');
  const header = stdout.subarray(0, end).toString('utf8');
  const content = stdout.subarray(end + 1, -1);
  if (/^[0-9a-f]+ blob \d+$/.test(header)) return content;
  // A link that leads out of the repository: what lies there is not of the change.
  if (!header.startsWith('symlink ')) return undefined;
  return readFile(resolve(top, content.toString('utf8'))).catch(() => undefined);
}
