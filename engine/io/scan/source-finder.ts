import { isUtf8 } from 'node:buffer';
import { lstatSync } from 'node:fs';
import { isProductSource } from '../../scan/files/is-product-source.ts';
import type { WhySkipped } from '../../scan/files/why-skipped.ts';
import type { ScanPolicy } from '../../scan/policy.ts';
import type { Entry } from './files-in-git.ts';
import type { ScannedFolder } from './scanned-folder.ts';

/** A file of the product. */
export interface Source {
  /** From the top of the repository, or of the folder where that is in none; with `/`, and with `\uFFFD` for what is not UTF-8. */
  path: string;
  /** Where it is opened. */
  file: string | Buffer;
}

export interface Listing {
  /** Paths of files in no repository count from there. */
  workingFolder?: string;
  policy: Pick<ScanPolicy, 'include' | 'exclude'>;
  /** Whether some language reads a file of that path. */
  isLanguage?: (path: string) => boolean;
  /** Told of each file that is not looked at, and of a folder as a whole, with `/` at the end. */
  onSkip?: (path: string, why: WhySkipped) => void;
}

/** Tells product source among what lies in a folder, and says why the rest is none; an entry's path is from that folder. */
export function sourceFinder(
  { root, prefix }: Pick<ScannedFolder, 'root' | 'prefix'>,
  { policy, isLanguage, onSkip }: Listing,
): (entry: Entry) => Source | undefined {
  const isLinked = linkedFolders(root);
  const context = { folder: prefix, ...(isLanguage ? { isLanguage } : {}) };
  return ({ path, is }) => {
    const below = path.toString('utf8');
    const whole = prefix + below;
    if (is !== 'file') return void onSkip?.(whole, is);
    const answer = isProductSource(whole, policy, context);
    if (!answer.source) return void onSkip?.(whole, answer.why);
    if (isLinked(below)) return void onSkip?.(whole, 'symbolic link');
    const file = isUtf8(path) ? `${root}/${below}` : Buffer.concat([Buffer.from(`${root}/`), path]);
    return { path: whole, file };
  };
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
