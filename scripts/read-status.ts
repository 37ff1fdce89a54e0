import { ownReleases } from '../engine/io/own-releases.ts';
import { countClients } from '../engine/publish/count-clients.ts';
import { driftOf } from '../engine/publish/drift.ts';
import type { InForce } from '../engine/publish/in-force-in.ts';
import { judgeClients } from '../engine/publish/judge-clients.ts';
import { readReports } from '../engine/publish/read-reports.ts';
import type { ClientsStatus } from '../engine/report/clients-text.ts';
import type { Status } from '../engine/report/status-text.ts';
import { isOver } from '../runtime/snapshot/follows-canary.ts';
import type { Snapshot } from '../runtime/snapshot/release.ts';
import type { WriteStore } from '../runtime/stores/store.ts';
import type { Context } from './command.ts';
import { type Compilation, compileCommit } from './compile-commit.ts';
import { followedBy } from './followed-by.ts';
import { liveRelease } from './live-release.ts';
import { type OpenedCommit, openForRelease } from './open-for-release.ts';
import { readInForce } from './read-in-force.ts';
import { withStore } from './release-tools.ts';
import { reportsOf } from './reports-of.ts';

/** What is in force, held against a commit and, where that is asked for, against what clients serve. */
export async function readStatus(
  context: Context,
  ref: string,
  withClients = false,
): Promise<{ status: Status; repository: Pick<OpenedCommit, 'filesAt'> & Pick<Compilation, 'diagnostics'> }> {
  return withStore(context, async (store) => {
    const { inForce, canary, signing } = await readInForce(context, store);
    const opened = await openForRelease(context, ref);
    const { head, unverifiable, behind, isWitnessed } = inForce;
    const isOurs = unverifiable === undefined && !behind;
    const standing = { current: head, ...(isOurs && { stored: head, isWitnessed }) };
    const { isOwn } = await ownReleases(context.root, { env: context.environment, channel: context.channel });
    const certain = { isOwn, ...(signing && { signing }) };
    const followed = followedBy(store, standing, opened.madeOf, certain);
    const { snapshot, diagnostics } = await compileCommit(context, opened, followed);
    const clients = withClients ? await readClients(context, store, inForce) : undefined;
    return {
      status: {
        ...told(inForce),
        ...canaryOf(canary, inForce),
        ...(await driftFrom(store, inForce, opened.commit, snapshot)),
        ...(clients && { clients }),
      },
      repository: { filesAt: opened.filesAt, diagnostics },
    };
  });
}

/** What clients say they serve, held against what is in force. */
async function readClients(context: Context, store: WriteStore, { head }: InForce): Promise<ClientsStatus> {
  const live = await liveRelease(context, store, head.payload);
  const { clients, unreadable } = await readReports(reportsOf(store), context.environment);
  return countClients(judgeClients(clients, live, context.at.instant), live.channel, unreadable);
}

function told({ head, unverifiable, keyset, ageMs, isStale: stale, behind }: InForce) {
  const age = Math.floor(ageMs / 1000);
  const { n: release, root, commit, kind, issuedAt, staleAfter, releaseHold } = head.payload;
  return {
    release,
    root,
    commit,
    kind,
    issuedAt,
    staleAfter,
    ...(releaseHold && { releaseHold }),
    age,
    stale,
    ...(unverifiable !== undefined && { unverifiable }),
    ...(keyset && { keyset }),
    ...(behind && { behind: behind.n }),
  };
}

function canaryOf(canary: InForce | undefined, inForce: InForce): Pick<Status, 'canary'> {
  if (!canary?.head.payload.canary) return {};
  const { payload } = canary.head;
  const { percent, readers = [] } = canary.head.payload.canary;
  const { isStale: stale, unverifiable } = canary;
  const isEnded = !isOver(payload, inForce.head.payload);
  const more = { ...(unverifiable !== undefined && { unverifiable }), ...(isEnded && { overtaken: true as const }) };
  return { canary: { release: payload.n, commit: payload.commit, percent, readers, stale, ...more } };
}

async function driftFrom(
  store: WriteStore,
  { head }: InForce,
  comparedWith: string,
  snapshot: Snapshot,
): Promise<Pick<Status, 'drift' | 'changed' | 'comparedWith'>> {
  const { root } = head.payload;
  const changed = await driftOf((hashes) => store.get(hashes), root, snapshot);
  return { drift: root !== snapshot.root, changed, comparedWith };
}
