import { isUtf8 } from 'node:buffer';
import { lstatSync } from 'node:fs';
import { isProductSource } from '../../scan/is-product-source.ts';
import type { ScanPolicy } from '../../scan/policy.ts';
import type { WhySkipped } from '../../scan/why-skipped.ts';
import { tryGit } from '../run-git.ts';
import { type Entry, filesInGit } from './files-in-git.ts';
import { type ScannedFolder, scannedFolder } from './scanned-folder.ts';
import { walkFiles } from './walk-files.ts';

/** A file of the product. */
export interface Source {
  /** From the top of the repository, or of the folder where that is in none; with `/`, and with `\uFFFD` for what is not UTF-8. */
  path: string;
  /** Where it is opened. */
  file: string | Buffer;
}

export interface Listing {
  policy: Pick<ScanPolicy, 'include' | 'exclude'>;
  /** Whether some language reads a file of that path. */
  isLanguage?: (path: string) => boolean;
  /** Told of each file that is not looked at, and of a folder as a whole, with `/` at the end. */
  onSkip?: (path: string, why: WhySkipped) => void;
}

/**
 * The product source at or below a folder, in the order of the bytes of their paths and in memory that does not grow with them. Inside a
 * git work tree: what git knows and does not ignore; outside: what is there and no .gitignore names. Throws `UsageError` where there is no folder.
 */
export async function* listSources(folder: string, listing: Listing): AsyncGenerator<Source> {
  const scanned = await scannedFolder(folder);
  if (!scanned.inGit) yield* walked(scanned, listing);
  else {
    let isEmpty = true;
    const isLinked = linkedFolders(scanned.root);
    for await (const entry of filesInGit(scanned.root)) {
      isEmpty = false;
      const source = sourceOf(entry, scanned, listing, isLinked);
      if (source) yield source;
    }
    // Whoever names a folder that git ignores wants it looked at.
    if (isEmpty && (await isIgnoredByGit(scanned.root))) yield* walked(scanned, listing);
  }
}

function* walked(scanned: ScannedFolder, listing: Listing): Generator<Source> {
  // What is installed is by far the most there is: it is left out unseen, unless the policy wants something of it.
  const leaveOut = (path: string): boolean => {
    if (!/(^|\/)(node_modules|bower_components|\.venv|\.tox|\.terraform|\.gradle)\/$/.test(path)) return false;
    if (listing.policy.include.length > 0) return false;
    listing.onSkip?.(scanned.prefix + path, 'vendored');
    return true;
  };
  for (const entry of walkFiles(scanned.root, leaveOut)) {
    const source = sourceOf(entry, scanned, listing, () => false);
    if (source) yield source;
  }
}

function sourceOf(
  { path, is }: Entry,
  { root, prefix }: ScannedFolder,
  { policy, isLanguage, onSkip }: Listing,
  isLinked: (path: string) => boolean,
): Source | undefined {
  const below = path.toString('utf8');
  const whole = prefix + below;
  if (is !== 'file') return void onSkip?.(whole, is);
  const answer = isProductSource(whole, policy, { folder: prefix, ...(isLanguage ? { isLanguage } : {}) });
  if (!answer.source) return void onSkip?.(whole, answer.why);
  if (isLinked(below)) return void onSkip?.(whole, 'symbolic link');
  const file = isUtf8(path) ? `${root}/${below}` : Buffer.concat([Buffer.from(`${root}/`), path]);
  return { path: whole, file };
}

/** Whether a file git knows lies in a folder that has been replaced by a link, which may lead anywhere. */
function linkedFolders(root: string): (path: string) => boolean {
  let last = { folder: '', isLinked: false };
  return (path) => {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    if (folder !== last.folder) last = { folder, isLinked: hasLink(root, folder) };
    return last.isLinked;
  };
}

function hasLink(root: string, folder: string): boolean {
  for (let end = folder.indexOf('/'); end >= 0; end = folder.indexOf('/', end + 1)) {
    const found = lstatSync(`${root}/${folder.slice(0, end)}`, { throwIfNoEntry: false });
    if (found?.isSymbolicLink()) return true;
  }
  return false;
}

async function isIgnoredByGit(root: string): Promise<boolean> {
  const args = ['-c', 'core.fsmonitor=false', 'check-ignore', '--quiet', root];
  // This one question takes paths as they are, and fails where it is told to.
  return (await tryGit(root, args, { environment: { GIT_LITERAL_PATHSPECS: '0' } })).code === 0;
}
