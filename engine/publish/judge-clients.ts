import type { ClientReport } from '../../runtime/snapshot/client-report.ts';
import { compareOrder } from '../../runtime/snapshot/head.ts';

/** The release clients are held against. */
export interface LiveRelease {
  channel: string;
  release: number;
  epoch: number;
  /** Whether a reader of this name is to follow the canary in that channel; absent where there is none. */
  isMeant?: (reader: string) => boolean;
}

/** One client that reads the channel. */
export interface JudgedClient {
  client: string;
  /** The newest release of the channel it took; absent where it should and took none. */
  release?: number;
  epoch?: number;
  /** The channel of the canary it serves in place of that. */
  canary?: string;
  source: ClientReport['source'];
  state: ClientReport['state'];
  /** Since when it serves what it serves, and when it said so: instants. */
  since: string;
  at: string;
  /** It serves this release or a newer one. */
  isCurrent: boolean;
  /** It has not missed three reports in a row. */
  isHeard: boolean;
}

const MISSED = 3;

/** The clients a release is for, each held against it. `now` in milliseconds since 1970. */
export function judgeClients(clients: readonly ClientReport[], live: LiveRelease, now: number): JudgedClient[] {
  return clients.flatMap((report) => {
    const taken = takenOf(report, live);
    if (!taken) return [];
    const { client, source, state, since, at, every, canary } = report;
    const { release, epoch } = taken;
    const isCurrent =
      release !== undefined &&
      epoch !== undefined &&
      compareOrder({ epoch, n: release }, { epoch: live.epoch, n: live.release }) >= 0;
    const isElsewhere = canary !== undefined && canary.channel !== live.channel;
    return [
      {
        client,
        ...(release !== undefined && { release, epoch }),
        ...(isElsewhere && { canary: canary.channel }),
        source,
        state,
        since,
        at,
        isCurrent,
        isHeard: now - Date.parse(at) <= MISSED * every,
      },
    ];
  });
}

/** What a client took of a channel; undefined where it has nothing to do with it. */
function takenOf(
  { channel, release, epoch, canary, follows }: ClientReport,
  live: LiveRelease,
): { release?: number; epoch?: number } | undefined {
  if (channel === live.channel) return { release, epoch };
  if (canary?.channel === live.channel) return canary;
  return follows?.channel === live.channel && live.isMeant?.(follows.reader) ? {} : undefined;
}
