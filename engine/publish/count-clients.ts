import type { ClientsStatus } from '../report/clients-text.ts';
import type { JudgedClient } from './judge-clients.ts';

/** Clients counted by what they serve. `channel` is the one they were held against. */
export function countClients(clients: readonly JudgedClient[], channel: string, unreadable: number): ClientsStatus {
  const heard = clients.filter(({ isHeard }) => isHeard);
  const releases = new Map<string, { -readonly [Key in keyof Row]: Row[Key] }>();
  for (const { release, epoch, canary, isCurrent, source, state } of heard) {
    const key = JSON.stringify([epoch, release, canary]);
    const row = releases.get(key) ?? {
      ...(release !== undefined && { release }),
      channel: canary ?? channel,
      clients: 0,
      isCurrent,
      notFresh: 0,
    };
    row.clients += 1;
    if (source !== 'store' || state !== 'fresh') row.notFresh += 1;
    releases.set(key, row);
  }
  return {
    heard: heard.length,
    current: heard.filter(({ isCurrent }) => isCurrent).length,
    releases: [...releases.values()].sort((a, b) => (b.release ?? 0) - (a.release ?? 0) || b.clients - a.clients),
    behind: heard.filter(({ isCurrent }) => !isCurrent),
    silent: clients.filter(({ isHeard }) => !isHeard),
    unreadable,
  };
}

type Row = ClientsStatus['releases'][number];
