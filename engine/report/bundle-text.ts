import type { Tally } from '../../runtime/stores/store.ts';
import { plain } from './plain.ts';
import { grouped, plural } from './plural.ts';

/** What was put into a bundle. */
export interface BundleReport {
  bundle: string;
  environment: string;
  channel: string;
  release: number;
  epoch: number;
  root: string;
  commit: string;
  issuedAt: string;
  /** When readers begin to call it stale: an instant; absent where nobody signs. */
  staleAfter?: string;
  customers: number;
  holds: Tally;
  added: Tally;
}

/** What a bundle holds, and how old it may become. */
export function bundleText(report: BundleReport): string {
  const { bundle, environment, channel, release, commit, issuedAt, staleAfter, customers, holds, added } = report;
  const age =
    staleAfter === undefined
      ? 'Nobody signs it, so readers never call it stale: make it anew for every image.'
      : `Readers call it stale after ${staleAfter}, while the store cannot be read: settings with a whenStale value have that then. Make it anew for every image.`;
  return [
    `${bundle} holds release ${release} of ${environment}/${channel} (commit ${commit.slice(0, 12)}, issued ${issuedAt}).`,
    `${plural(customers, 'customer')} in ${plural(holds.objects, 'object')} of ${grouped(holds.bytes)} bytes, verified; ${grouped(added.objects)} of them new, ${grouped(added.bytes)} bytes. No records of who asked for what.`,
    `Start from it where nothing else can be read: openTerms({ bundle: 'file:<where it lies in the image>', … }).`,
    age,
  ]
    .map((line) => `${plain(line)}\n`)
    .join('');
}
