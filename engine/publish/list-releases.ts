import type { WriteStore } from '../../runtime/stores/store.ts';
import { examineHeads } from './examine-heads.ts';
import type { Place } from './place.ts';
import type { Signing } from './signing.ts';

/** A line of the history: a head, or a run of refreshes under the number of the newest. */
export interface ListedRelease {
  /** Absent, with what a head says, where it cannot be read. */
  release?: number;
  kind?: string;
  root?: string;
  commit?: string;
  customers?: number;
  issuedAt?: string;
  evidence?: string;
  folder?: string;
  releaseHold?: string;
  /** How many refreshes it stands for, where that is more than one. */
  refreshes?: number;
  /** Hash of a head that does not verify, and why. */
  head?: string;
  unverifiable?: string;
}

/** The newest lines of a place's history, also of what is none of ours. `folds`: runs of refreshes are one line. */
export async function listReleases(
  store: Pick<WriteStore, 'history'>,
  place: Place,
  signing: Signing | undefined,
  { limit, folds }: { limit: number; folds: boolean },
): Promise<ListedRelease[]> {
  const lines: ListedRelease[] = [];
  for await (const { head, hash, because, fault } of examineHeads(store, place, signing)) {
    const wrong = fault ?? because;
    const last = lines.at(-1);
    const isMore =
      folds && !wrong && head?.payload.kind === 'refresh' && last?.kind === 'refresh' && !last.unverifiable;
    if (isMore) {
      last.refreshes = (last.refreshes ?? 1) + 1;
      continue;
    }
    if (lines.length === limit) break;
    const marked = wrong === undefined ? {} : { head: hash, unverifiable: wrong };
    if (!head) lines.push(marked);
    else {
      const {
        n: release,
        kind,
        root,
        commit,
        count: customers,
        issuedAt,
        evidence,
        folder,
        releaseHold,
      } = head.payload;
      const more = { ...(folder !== undefined && { folder }), ...(releaseHold !== undefined && { releaseHold }) };
      lines.push({ release, kind, root, commit, customers, issuedAt, evidence, ...more, ...marked });
    }
  }
  return lines;
}
