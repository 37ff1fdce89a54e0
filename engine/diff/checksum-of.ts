import { hash } from 'node:crypto';
import { canonicalJson } from '../../runtime/snapshot/canonical-json.ts';
import type { CustomerDiff, Diff } from './diff.ts';

/** How much of a checksum is shown to people, and the least that counts when they name one. */
export const SHOWN_DIGITS = 16;

/**
 * What a change does to customers as 64 hex digits: sha256 over whose values change, from what to what, and on which
 * days. Two changes with one checksum do the same, whatever files, words and order they were made of, and whatever day
 * they were compared on.
 */
export const checksumOf = ({ customers }: Pick<Diff, 'customers'>): string =>
  hash('sha256', `{"customers":{${customers.map(ownText).sort().join()}},"v":1}`);

const ownText = (one: CustomerDiff): string => `${canonicalJson(one.customer)}:${effectOf(one)}`;

/** What changes for one customer, as canonical JSON: `[path, from, to, first day, last day]` each, in an order of its own. */
export const effectOf = ({ changes }: Pick<CustomerDiff, 'changes'>): string =>
  `[${changes
    .map(({ path, from, to, effective, until = null }) => canonicalJson([path, from, to, effective, until]))
    .sort()
    .join()}]`;

/** A checksum as people read and name it. */
export const shownChecksum = (checksum: string): string => checksum.slice(0, SHOWN_DIGITS);
