import { dataRooms } from '../../engine/io/rooms.ts';
import { scannedFolder } from '../../engine/io/scan/scanned-folder.ts';
import { holdsAny, listTree } from '../../engine/io/trees.ts';
import { offersOf } from '../../engine/scan/judge/offer.ts';
import { findExceptionEnd } from '../../engine/scan/living/exception-ends.ts';
import { knownExceptions } from '../../engine/scan/living/known-exceptions.ts';
import { accountsOf } from '../../engine/scan/names/accounts-of.ts';
import { CATALOGUE_FILE, SETTINGS_FILE } from '../../engine/schemas/files.ts';
import type { Context } from '../command.ts';
import { openFolder } from '../open-folder.ts';
import type { Repository } from '../open-repository.ts';
import type { OpenScan } from '../open-scan.ts';
import { openCommit } from '../open-tree.ts';
import { pathBelow } from '../path-below.ts';

/** A repository of terms: it says who the customers are, and what may be advised and allowed. */
export const terms = {
  openNow: openFolder,
  openBefore,
  accountsOf: ({ model }: Repository) => accountsOf(model),
  tell: ({ model }: Repository): Pick<OpenScan, 'offers' | 'known'> => ({
    offers: offersOf(model.world.settings, model.world.menu?.data),
    known: knownExceptions(findExceptionEnd(model)),
  }),
};

/** As it was in a commit of the repository whose top is `top`; `undefined` where there was none. */
async function openBefore(
  { root, folder }: Pick<Context, 'root' | 'folder'>,
  { top, commit }: { top: string; commit: string },
  now: Repository | undefined,
): Promise<Repository | undefined> {
  const { top: own, inGit } = await scannedFolder(root);
  if (own !== top || !inGit) {
    // A submodule is as old as the commit that names it.
    const place = pathBelow(top, own);
    const [link] = place ? await listTree(top, commit, [place]) : [];
    return link?.mode === '160000' ? openCommit({ root }, link.oid) : now;
  }
  const isTerms =
    (await holdsAny(root, commit, dataRooms)) &&
    (root !== folder || (await holdsAny(root, commit, [CATALOGUE_FILE, SETTINGS_FILE])));
  return isTerms ? openCommit({ root }, commit) : undefined;
}
