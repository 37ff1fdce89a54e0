import { type ClientsStatus, clientsText } from './clients-text.ts';
import { list } from './list.ts';
import { plain } from './plain.ts';
import { plural } from './plural.ts';

/** What is in force, as `status` tells it. */
export interface Status {
  release: number;
  root: string;
  commit: string;
  kind: string;
  issuedAt: string;
  staleAfter: string;
  releaseHold?: string;
  /** Seconds since it was issued. */
  age: number;
  stale: boolean;
  /** Why it is none of ours. */
  unverifiable?: string;
  /** The keyset it is signed with; absent where nobody signs. */
  keyset?: { version: number; expires: string; isExpired: boolean };
  /** A newer release that the witness in git knows. */
  behind?: number;
  canary?: {
    release: number;
    commit: string;
    percent: number;
    readers: readonly string[];
    stale: boolean;
    unverifiable?: string;
    /** Another release has come into force for everybody since, and nobody follows it. */
    overtaken?: true;
  };
  /** Whether the commit says something else, and for whom. */
  drift: boolean;
  changed: readonly string[];
  comparedWith: string;
  /** What clients say they serve, where it was asked for. */
  clients?: ClientsStatus;
}

const short = (commit: string): string => commit.slice(0, 12);

export function statusText(status: Status): string {
  const { release, kind, commit, issuedAt, stale, unverifiable, keyset, behind, canary, releaseHold } = status;
  const lines = [
    `Release ${release} (${kind}) of commit ${short(commit)}, issued ${issuedAt}${stale ? ', stale' : ''}.`,
    unverifiable !== undefined && `It does not verify: ${unverifiable}.`,
    keyset &&
      `Signed with keyset ${keyset.version}, which ${keyset.isExpired ? 'has expired' : 'expires'} ${keyset.expires}.`,
    behind !== undefined && `The store has gone back in time: release ${behind} was in force; publish to heal it.`,
    driftText(status),
    releaseHold !== undefined && `Publishing is held until a commit builds on ${short(releaseHold)}.`,
    canary && canaryText(canary),
  ];
  const text = lines.flatMap((line) => (line ? [`${plain(line)}\n`] : [])).join('');
  return status.clients ? text + clientsText(status.clients) : text;
}

function driftText({ drift, changed, comparedWith }: Status): string {
  const commit = `commit ${short(comparedWith)}`;
  if (!drift) return `No drift: the store holds what ${commit} says.`;
  const whom =
    changed.length === 0
      ? 'no customer, but for plans or rules'
      : `${plural(changed.length, 'customer')}: ${list(changed, 10)}`;
  return `Drift: ${commit} says something else for ${whom}.`;
}

function canaryText({
  release,
  commit,
  percent,
  readers,
  stale,
  unverifiable,
  overtaken,
}: NonNullable<Status['canary']>): string {
  const named = readers.length > 0 ? ` and ${list(readers, 5)}` : '';
  const wrong = unverifiable === undefined ? '' : `; it does not verify: ${unverifiable}`;
  if (overtaken && unverifiable === undefined)
    return `Canary: release ${release} of commit ${short(commit)}, which nobody follows: another release came into force for everybody.`;
  return `Canary: release ${release} of commit ${short(commit)} for ${percent} % of readers${named}${stale ? ', stale' : ''}${wrong}.`;
}
