import type { JudgedClient } from './judge-clients.ts';

/** Who must serve a release before it is live. */
export interface Expected {
  /** So many clients at least, of those that are named where some are. */
  atLeast: number;
  /** Only these; without any, all that were heard of. */
  named: readonly string[];
}

export interface Liveness {
  isLive: boolean;
  /** Clients that serve it, of those that count. */
  live: number;
  /** Those that do not, the named ones that were never heard of with their name alone. */
  missing: readonly (JudgedClient | { client: string })[];
}

/** Whether everybody who must serve a release does, and who does not. */
export function findMissingClients(clients: readonly JudgedClient[], { atLeast, named }: Expected): Liveness {
  const heard = new Map(clients.filter(({ isHeard }) => isHeard).map((each) => [each.client, each]));
  const counting = named.length > 0 ? named.map((client) => heard.get(client) ?? { client }) : [...heard.values()];
  const missing = counting.filter((each) => !('isCurrent' in each && each.isCurrent));
  const live = counting.length - missing.length;
  return { isLive: missing.length === 0 && live >= atLeast, live, missing };
}
