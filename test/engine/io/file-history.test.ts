import { renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileHistory } from '../../../engine/io/file-history.ts';
import { UsageError } from '../../../engine/usage-error.ts';
import { commitAll, git, temporaryFolder, temporaryRepository, writeFiles } from '../../temporary-repository.ts';

const path = 'customers/acme.yaml';
const file = { path, room: 'customers', isIt: (other: string) => other.endsWith('/acme.yaml') };
const text = (bytes: Uint8Array | undefined): string | undefined => bytes && new TextDecoder().decode(bytes);

/** Commits of a file with what it was before and after. */
async function historyOf(root: string, commit = 'HEAD', at = path): Promise<unknown[]> {
  const steps = [];
  for await (const { commit: id, before, after } of fileHistory(root, commit, { ...file, path: at }))
    steps.push([id, text(before?.bytes), text(after?.bytes)]);
  return steps;
}

function edit(root: string, content: string, at = path): string {
  writeFiles(root, { [at]: content });
  return commitAll(root);
}

describe('the history of a file', () => {
  it('is what changed it, newest first, down to where it begins', async () => {
    const { root } = temporaryRepository({ 'notes.txt': 'a' });
    const one = edit(root, 'one');
    edit(root, 'other', 'customers/bolt.yaml');
    const two = edit(root, 'two');
    edit(root, 'b', 'notes.txt');
    expect(await historyOf(root)).toEqual([
      [two, 'one', 'two'],
      [one, undefined, 'one'],
    ]);
    expect(await historyOf(root, one)).toEqual([[one, undefined, 'one']]);
  });

  it('is that of the branch: what was merged counts as the merge', async () => {
    const { root } = temporaryRepository({ [path]: 'one' });
    git(root, 'switch', '--quiet', '--create', 'side');
    edit(root, 'two');
    edit(root, 'three');
    git(root, 'switch', '--quiet', 'main');
    edit(root, 'b', 'notes.txt');
    git(root, 'merge', '--quiet', '--no-ff', '--message=merge', 'side');
    expect(await historyOf(root)).toEqual([[git(root, 'rev-parse', 'HEAD'), 'one', 'three']]);
  });

  it('is as long as it is', async () => {
    const { root } = temporaryRepository({ 'notes.txt': 'a' });
    const expected = [];
    for (let count = 1; count <= 33; count += 1)
      expected.unshift([edit(root, `v${count}`), count === 1 ? undefined : `v${count - 1}`, `v${count}`]);
    expect(await historyOf(root)).toEqual(expected);
  });

  it('follows the file to where it lay before, and finds it where it lies now', async () => {
    const { root } = temporaryRepository({ 'notes.txt': 'a' });
    const one = edit(root, 'one', 'customers/small/acme.yaml');
    rmSync(join(root, 'customers/small/acme.yaml'));
    const moved = edit(root, 'one', 'customers/large/acme.yaml');
    const two = edit(root, 'two', 'customers/large/acme.yaml');
    const whole = [
      [two, 'one', 'two'],
      [moved, 'one', 'one'],
      [one, undefined, 'one'],
    ];
    expect(await historyOf(root, two, 'customers/large/acme.yaml')).toEqual(whole);
    expect(await historyOf(root, two, 'customers/acme.yaml')).toEqual(whole);
  });

  it('is not that of another file it resembles', async () => {
    const { root } = temporaryRepository({ 'notes.txt': 'a', 'customers/bolt.yaml': 'one\n'.repeat(9) });
    git(root, 'config', 'log.follow', 'true');
    rmSync(join(root, 'customers/bolt.yaml'));
    const one = edit(root, 'one\n'.repeat(9));
    expect(await historyOf(root)).toEqual([[one, undefined, 'one\n'.repeat(9)]]);
  });

  it('ends where the file was gone, and is empty where it is gone', async () => {
    const { root, commit } = temporaryRepository({ [path]: 'one' });
    rmSync(join(root, path));
    const gone = edit(root, 'b', 'notes.txt');
    const again = edit(root, 'two');
    expect(await historyOf(root)).toEqual([[again, undefined, 'two']]);
    expect(await historyOf(root, gone)).toEqual([]);
    expect(await historyOf(root, commit)).toEqual([]);
  });

  it('says nothing of a first commit, which in a shallow clone is only the last that is known', async () => {
    const { root } = temporaryRepository({ [path]: 'one' });
    const two = edit(root, 'two');
    const three = edit(root, 'three');
    const clone = temporaryFolder();
    git(clone, 'clone', '--quiet', '--depth', '2', `file://${root}`, '.');
    expect(await historyOf(clone)).toEqual([[three, 'two', 'three']]);
    expect(await historyOf(root)).toEqual([
      [three, 'two', 'three'],
      [two, 'one', 'two'],
    ]);
  });

  it('knows a folder inside a repository, whatever git is set to', async () => {
    const { root } = temporaryRepository({ 'terms/customers/acme.yaml': 'one', 'customers/acme.yaml': 'x' });
    const two = edit(root, 'two', 'terms/customers/acme.yaml');
    for (const [key, value] of Object.entries({
      'log.showRoot': 'false',
      'log.showSignature': 'true',
      'color.ui': 'always',
      'diff.renames': 'copies',
      'diff.relative': 'true',
    }))
      git(root, 'config', key, value);
    expect(await historyOf(join(root, 'terms'))).toEqual([[two, 'one', 'two']]);
  });

  it('takes a link for no file', async () => {
    const { root } = temporaryRepository({ 'notes.txt': 'a', [path]: 'one' });
    renameSync(join(root, path), join(root, 'elsewhere.yaml'));
    symlinkSync('../elsewhere.yaml', join(root, path));
    commitAll(root);
    expect(await historyOf(root)).toEqual([]);
    rmSync(join(root, path));
    const two = edit(root, 'two');
    expect(await historyOf(root)).toEqual([[two, undefined, 'two']]);
  });

  it('is not told of a commit that is not here', async () => {
    const { root } = temporaryRepository({ [path]: 'one' });
    await expect(historyOf(root, 'f'.repeat(40))).rejects.toThrow(UsageError);
  });
});
