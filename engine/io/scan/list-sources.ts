import { tryGit } from '../run-git.ts';
import { filesInGit } from './files-in-git.ts';
import { type ScannedFolder, scannedFolder } from './scanned-folder.ts';
import { type Listing, type Source, sourceFinder } from './source-finder.ts';
import { walkFiles } from './walk-files.ts';

/** Sources told at once: each time costs memory that only the collector of garbage gives back. */
const AT_ONCE = 16;

/**
 * The product source at or below a folder, a few at a time, in the order of the bytes of their paths and in memory that does not grow with them.
 * Inside a git work tree: what git knows and does not ignore; outside: what is there and no .gitignore names. Throws `UsageError` where there is
 * no folder.
 */
export async function* listSources(folder: string, listing: Listing): AsyncGenerator<Source[]> {
  const scanned = await scannedFolder(folder, listing.workingFolder);
  if (!scanned.inGit) yield* walked(scanned, listing);
  else {
    let isEmpty = true;
    let some: Source[] = [];
    const sourceOf = sourceFinder(scanned, listing);
    for await (const entry of filesInGit(scanned.root)) {
      isEmpty = false;
      const source = sourceOf(entry);
      if (source) some.push(source);
      if (some.length < AT_ONCE) continue;
      yield some;
      some = [];
    }
    if (some.length > 0) yield some;
    // Whoever names a folder that git ignores wants it looked at.
    if (isEmpty && (await isIgnoredByGit(scanned.root))) yield* walked(scanned, listing);
  }
}

function* walked(scanned: ScannedFolder, listing: Listing): Generator<Source[]> {
  // What is installed is by far the most there is: it is left out unseen, unless the policy wants something of it.
  const leaveOut = (path: string): boolean => {
    if (!/(^|\/)(node_modules|bower_components|\.venv|\.tox|\.terraform|\.gradle)\/$/.test(path)) return false;
    if (listing.policy.include.length > 0) return false;
    listing.onSkip?.(scanned.prefix + path, 'vendored');
    return true;
  };
  const sourceOf = sourceFinder(scanned, listing);
  let some: Source[] = [];
  for (const entry of walkFiles(scanned.root, leaveOut)) {
    const source = sourceOf(entry);
    if (source) some.push(source);
    if (some.length < AT_ONCE) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}

async function isIgnoredByGit(root: string): Promise<boolean> {
  const args = ['-c', 'core.fsmonitor=false', 'check-ignore', '--quiet', root];
  // This one question takes paths as they are, and fails where it is told to.
  return (await tryGit(root, args, { environment: { GIT_LITERAL_PATHSPECS: '0' } })).code === 0;
}
