/** What of a repository is read. Nothing else in it is ever opened. */

import { CATALOGUE_FILE, SETTINGS_FILE } from '../schemas/files.ts';

/** Folders people edit, in reading order. */
export const dataRooms = ['customers', 'plans', 'policies'] as const;

/** Also the folder itself, which is a file where somebody made it a link. */
export const isOfCustomers = (path: string): boolean => path === 'customers' || path.startsWith('customers/');

/** What customers are judged by, all of them: plans, policies and settings. */
export const sharedPaths = ['plans', 'policies', CATALOGUE_FILE, SETTINGS_FILE] as const;

/** Everything a release depends on: a change of anything else changes no customer. */
export const releasePaths = [...dataRooms, 'schemas'] as const;

/**
 * Bytes read of one file: far above what the language allows in a file, so that the reader still sees one as too large,
 * and far below what would hurt.
 */
export const READ_AT_MOST = 4_000_000;
