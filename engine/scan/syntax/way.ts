import { plainName } from './beside.ts';
import type { Node } from './language.ts';
import type { How, Situation } from './situation.ts';

/** What has been gathered on the way up. */
export interface Way {
  holders: string[];
  peers: string[];
  /** In a list or set; in how many, one inside another. */
  lists: number;
  /** The key of a map it is, or is below. */
  isKey: boolean;
  gives?: string;
  /** A constant it is bound to was followed to here. */
  use?: Node;
  depth: number;
}

export function situation(how: How, way: Way, more: Partial<Situation>): Situation {
  return {
    how,
    holders: way.holders,
    peers: way.peers,
    ...(way.gives !== undefined && { gives: way.gives }),
    ...(way.use && { use: way.use }),
    ...more,
  };
}

export function gatherPeers(way: Way, texts: readonly string[], leaf: Node): void {
  const own = plainName(leaf.text());
  way.peers.push(...texts.map(plainName).filter((text) => text !== own));
}
