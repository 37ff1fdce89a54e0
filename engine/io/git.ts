/** Questions to git. Every path, in and out, is relative to the root that is asked about, which may be a folder inside the git repository. */
import { nearest } from '../did-you-mean.ts';
import { UsageError } from '../usage-error.ts';
import { originUrl } from './origin-url.ts';
import { folderInRepository } from './place-in-git.ts';
import { readObjects } from './read-objects.ts';
import { gitFailure, runGit, tryGit } from './run-git.ts';

/** The tree without files, which git knows without having it. */
export const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** The commit a ref stands for, as its full id. Throws `UsageError` that says why there is none. */
export async function resolveCommit(root: string, ref: string): Promise<string> {
  if (ref === '' || ref.startsWith('-')) throw new UsageError(`"${ref}" is not the name of a commit`);
  const [found] = await readObjects(root, [`${ref}^{commit}`]);
  if (found) return found.oid;
  throw await whyUnknown(root, ref);
}

async function whyUnknown(root: string, ref: string): Promise<UsageError> {
  const shallow = (await runGit(root, ['rev-parse', '--is-shallow-repository'])).trim() === 'true';
  const head = await tryGit(root, ['rev-parse', '--verify', '--quiet', 'HEAD']);
  if (head.code !== 0)
    return new UsageError('this git repository has no commits yet', 'make the first one: git add --all && git commit');
  if (shallow)
    return new UsageError(
      `the commit "${ref}" is not in this clone, which is shallow`,
      'fetch the whole history: git fetch --unshallow (in a workflow: actions/checkout with fetch-depth: 0)',
    );
  const names = (await runGit(root, ['for-each-ref', '--format=%(refname:short)'])).split('\n').filter(Boolean);
  const meant = nearest(ref, names);
  return new UsageError(
    `there is no commit, branch or tag "${ref}"`,
    meant ? `did you mean "${meant}"?` : 'see `git branch --all` and `git tag` for the names there are',
  );
}

/** True when `ancestor` is `commit` or one that `commit` is built on. */
export async function isAncestor(root: string, ancestor: string, commit: string): Promise<boolean> {
  const args = ['merge-base', '--is-ancestor', ancestor, commit];
  const { code, stderr } = await tryGit(root, args);
  if (code > 1) throw gitFailure(root, args, stderr);
  return code === 0;
}

/** The newest commit that two commits are both built on. Throws `UsageError` where they have nothing in common. */
export async function mergeBase(root: string, one: string, other: string): Promise<string> {
  const found = await commonCommit(root, one, other);
  if (found !== undefined) return found;
  throw new UsageError(`${one.slice(0, 12)} and ${other} have no history in common`, 'compare with another base');
}

/** The commit where two histories parted; undefined where they have none in common. */
export async function commonCommit(root: string, one: string, other: string): Promise<string | undefined> {
  const { code, stdout } = await tryGit(root, ['merge-base', one, other]);
  return code === 0 ? stdout.toString('utf8').trim() : undefined;
}

/** Files at or below the given paths that differ from HEAD or are not known to git, sorted; none where nothing is checked out. */
export async function dirtyPaths(root: string, paths: readonly string[]): Promise<string[]> {
  const prefix = await folderInRepository(root);
  const args = ['status', '--porcelain=v1', '-z', '--no-renames', '--untracked-files=all', '--', ...paths];
  const { code, stdout, stderr } = await tryGit(root, args);
  if (code !== 0 && stderr.includes('must be run in a work tree')) return [];
  if (code !== 0) throw gitFailure(root, args, stderr);
  return stdout
    .toString('utf8')
    .split('\0')
    .filter(Boolean)
    .map((line) => line.slice(3 + prefix.length))
    .sort();
}

/**
 * What the repository is called, the same for every clone and protocol and never with a password: `acme/terms` for
 * `git@github.com:acme/terms.git`. One that comes from no other machine is known by its first commit, wherever its folder lies.
 * Throws `UsageError` where there is none yet.
 */
export async function repositoryName(root: string): Promise<string> {
  const url = ((await originUrl(root)) ?? '').replace(/\/+$/, '').replace(/\.git$/, '');
  const remote = /^(?:[a-z][a-z+]*:\/\/[^/]+\/|[^/:]+:)(?!\/\/)(.+)$/.exec(url);
  if (remote?.[1] && !url.startsWith('file:')) return remote[1].replace(/^\/+/, '');
  const { code, stdout } = await tryGit(root, ['rev-list', '--max-parents=0', 'HEAD']);
  if (code !== 0) throw await whyUnknown(root, 'HEAD');
  const roots = stdout.toString('utf8').trim().split('\n');
  return `local/${roots.sort()[0]}`;
}
