import { earlierRelease, type MadeOf } from '../engine/publish/earlier-release.ts';
import type { Standing } from '../engine/publish/read-standing.ts';
import type { ReadStore } from '../runtime/stores/store.ts';
import type { Followed } from './compile-commit.ts';

/** The release a commit follows where this stands, and whether its own may be made from that; undefined where nothing is in force. */
export function followedBy(
  store: Pick<ReadStore, 'get'>,
  standing: Pick<Standing, 'current' | 'stored' | 'isWitnessed'>,
  madeOf: MadeOf,
  certain: Parameters<typeof earlierRelease>[2],
): Followed | undefined {
  if (!standing.current) return undefined;
  const release = earlierRelease(standing, madeOf, certain);
  return {
    commit: standing.current.payload.commit,
    ...(release && { release: { root: release.payload.root, get: (hashes) => store.get(hashes) } }),
  };
}
