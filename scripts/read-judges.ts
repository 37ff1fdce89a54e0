import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { dataRooms } from '../engine/io/rooms.ts';
import { CATALOGUE_FILE, SETTINGS_FILE } from '../engine/schemas/files.ts';
import { UsageError } from '../engine/usage-error.ts';
import type { Context } from './command.ts';
import { judgeLoaders } from './judges/registry.ts';
import type { Repository } from './open-repository.ts';
import { pathBelow } from './path-below.ts';
import { type AccountFile, readAccountFile, readAccountFileAt } from './read-account-file.ts';

/** What says who the accounts are and what is a rule: a repository of terms, a file of accounts, or both. */
export interface Judges {
  terms?: Repository;
  file?: AccountFile;
}

/** Where a product repository keeps its dictionary, when nobody says otherwise. */
export const usualDictionary = 'proviso-accounts.json';

type Places = Pick<Context, 'root' | 'folder'>;

/** The judges as they lie there. A file that is named and is not there throws `UsageError`, unless it `mayBeGone`. */
export async function judgesNow(
  { root, folder }: Places,
  named: string | undefined,
  mayBeGone: boolean,
): Promise<Judges> {
  const isThere = (path: string): boolean => existsSync(join(root, path));
  const isTerms = dataRooms.some(isThere) && (root !== folder || [CATALOGUE_FILE, SETTINGS_FILE].some(isThere));
  if (!isTerms && root !== folder)
    throw new UsageError(
      `${root} is no repository of terms: it has neither customers/ nor plans/ nor policies/`,
      'name the folder that holds them with --root, or leave it out and name a dictionary with --accounts',
    );
  const path = named ?? (isTerms ? undefined : usualDictionary);
  const isRead = path !== undefined && ((named !== undefined && !mayBeGone) || existsSync(resolve(folder, path)));
  return {
    ...(isTerms && { terms: await (await judgeLoaders.terms()).openNow({ root }) }),
    ...(isRead && { file: await readAccountFile(folder, path) }),
  };
}

/**
 * The judges as they were in a commit of the repository that is scanned, whose top is `top`, so that no change is judged by what it
 * says itself. What lies in another repository is taken as it is `now`.
 */
export async function judgesBefore(
  { root, folder }: Places,
  named: string | undefined,
  { top, commit }: { top: string; commit: string },
  now: Judges,
): Promise<Judges> {
  const terms = await (await judgeLoaders.terms()).openBefore({ root, folder }, { top, commit }, now.terms);
  const path = named ?? (terms ? undefined : usualDictionary);
  const place = path === undefined ? undefined : placeIn(top, folder, path);
  const file = place === undefined ? now.file : await readAccountFileAt(top, commit, place);
  return { ...(terms && { terms }), ...(file && (path !== undefined || !terms) && { file }) };
}

/** The path of a file from the top of the repository it lies in; nothing for one elsewhere. Links are not followed: a change may make them. */
function placeIn(top: string, folder: string, path: string): string | undefined {
  const written = pathBelow(top, resolve(realpathSync(folder), path));
  if (written !== undefined) return written;
  const file = resolve(folder, path);
  const above = existsSync(dirname(file)) ? realpathSync(dirname(file)) : dirname(file);
  return pathBelow(top, join(above, file.slice(dirname(file).length)));
}
