import { plainName } from './beside.ts';
import type { Node } from './language.ts';
import type { How, Situation } from './situation.ts';

/** What has been gathered on the way up. */
export interface Way {
  holders: string[];
  peers: Peers[];
  /** In a list or set; in how many, one inside another. */
  lists: number;
  /** The key of a map it is, or is below. */
  isKey: boolean;
  gives?: string;
  /** A constant it is bound to was followed to here. */
  use?: Node;
  depth: number;
}

/** Texts that stand beside it, looked for when they are asked for: hardly ever, and each costs a walk. */
export type Peers = () => readonly string[];

export function peersOf(find: Peers): Peers {
  let found: readonly string[] | undefined;
  return () => (found ??= find());
}

export function situation(how: How, way: Way, more: Partial<Situation>): Situation {
  return {
    how,
    holders: way.holders,
    get peers() {
      return way.peers.flatMap((find) => find());
    },
    ...(way.gives !== undefined && { gives: way.gives }),
    ...(way.use && { use: way.use }),
    ...more,
  };
}

export function gatherPeers(way: Way, texts: Peers, leaf: Node): void {
  way.peers.push(
    peersOf(() => {
      const own = plainName(leaf.text());
      return texts()
        .map(plainName)
        .filter((text) => text !== own);
    }),
  );
}
