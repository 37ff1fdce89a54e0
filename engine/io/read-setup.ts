import { lstatSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import { privateKeyMarks } from '../doctor/private-key-in.ts';
import type { GitFacts } from '../doctor/setup.ts';
import type { SourceFile } from '../source-file.ts';
import { folderInRepository } from './place-in-git.ts';
import { fileReader } from './read-repository.ts';
import { runGit, tryGit } from './run-git.ts';

/** The part of a doctor's `Setup` that lies in the folder and in git. */
export interface ReadSetup {
  files: ReadonlyMap<string, SourceFile>;
  git: GitFacts;
  folder: string;
}

/** Files about the repository itself, wherever GitHub, git and npm look for them. */
const wanted = [
  /^\.github\/(workflows\/[^/]+|actions\/(.+\/)?action)\.ya?ml$/,
  /^action\.ya?ml$/,
  /^(\.github\/|docs\/)?CODEOWNERS$/,
  /(^|\/)\.npmrc$/,
  /(\.(pem|key)|(^|\/)id_(rsa|dsa|ecdsa|ed25519))$/,
];

const beside = ['.gitignore', '.gitattributes', 'package.json'];

/**
 * Reads what the doctor looks at from the git repository that `root` lies in: what git knows, and what is new in the folder.
 * Throws `UsageError` where there is no git repository.
 */
export async function readSetup(root: string): Promise<ReadSetup> {
  const folder = await folderInRepository(root);
  const top = resolve(root, (await runGit(root, ['rev-parse', '--show-toplevel'])).trimEnd());
  const listed = async (...args: string[]): Promise<string[]> =>
    (await runGit(top, ['ls-files', '-z', ...args])).split('\0').filter(Boolean);
  const [tracked, added, keyed, shallow, head] = await Promise.all([
    listed(),
    listed('--others', '--exclude-standard'),
    filesWithKeys(top),
    runGit(root, ['rev-parse', '--is-shallow-repository']),
    tryGit(root, ['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD']),
  ]);
  const isWanted = (path: string): boolean =>
    wanted.some((pattern) => pattern.test(path)) ||
    ['', folder].some((home) => beside.some((name) => path === `${home}${name}`));
  const read = fileReader();
  const files = new Map<string, SourceFile>();
  // A secret that is not committed is nobody's business; a workflow that is about to be is.
  const isSecret = (path: string): boolean => /(\.npmrc|\.pem|\.key|\/?id_\w+)$/.test(path);
  for (const path of [...tracked, ...added.filter((path) => !isSecret(path))].sort())
    if ((isWanted(path) || keyed.has(path)) && lstatSync(`${top}/${path}`, { throwIfNoEntry: false })?.isFile())
      files.set(path, { ...read(top, path), path: posix.relative(folder, path) });
  const branch =
    head.code === 0
      ? head.stdout
          .toString('utf8')
          .trim()
          .replace(/^origin\//, '')
      : undefined;
  return {
    files,
    folder,
    git: { isShallow: shallow.trim() === 'true', tracked: new Set(tracked), ...(branch && { defaultBranch: branch }) },
  };
}

/** Tracked files that may hold a private key, whatever they are called: git looks for what such a key begins with. */
async function filesWithKeys(top: string): Promise<Set<string>> {
  const { stdout } = await tryGit(top, [
    'grep',
    '-l',
    '-z',
    '-I',
    '-F',
    ...privateKeyMarks.flatMap((mark) => ['-e', mark]),
  ]);
  return new Set(stdout.toString('utf8').split('\0').filter(Boolean));
}
