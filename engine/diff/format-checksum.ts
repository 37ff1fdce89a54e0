import { checksumOf, shownChecksum } from './checksum-of.ts';
import type { Diff } from './diff.ts';

/** The checksum of a diff for people, as a block of its own; nothing where nothing changes. */
export const formatChecksum = (diff: Pick<Diff, 'customers'>): string =>
  diff.customers.length === 0 ? '' : `\nChecksum of what changes: ${shownChecksum(checksumOf(diff))}\n`;
