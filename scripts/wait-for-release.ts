import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Expected, findMissingClients, type Liveness } from '../engine/publish/find-missing-clients.ts';
import { judgeClients, type LiveRelease } from '../engine/publish/judge-clients.ts';
import { readReports } from '../engine/publish/read-reports.ts';
import { list } from '../engine/report/list.ts';
import { plain } from '../engine/report/plain.ts';
import { plural } from '../engine/report/plural.ts';
import { StoreError, type WriteStore } from '../runtime/stores/store.ts';
import type { Context } from './command.ts';
import { reportsOf } from './reports-of.ts';

/** Milliseconds between two looks; where looking takes long, so many times as long as it took. */
const EVERY = 1_000;
const REST = 3;

/**
 * Looks at what clients report until everybody who must serves the release, or for so many milliseconds.
 *
 * @throws StoreError where the store could not be read at the end.
 */
export async function waitForRelease(
  { now, progress, environment }: Pick<Context, 'now' | 'progress' | 'environment'>,
  store: WriteStore,
  live: LiveRelease,
  expected: Expected,
  timeout: number,
): Promise<Liveness> {
  const reports = reportsOf(store);
  const end = performance.now() + timeout;
  for (;;) {
    const from = performance.now();
    let seen: Liveness | undefined;
    let trouble: StoreError | undefined;
    try {
      const { clients } = await readReports(reports, environment);
      seen = findMissingClients(judgeClients(clients, live, now()), expected);
    } catch (error) {
      // A store that is away for a moment is no answer; one that refuses is.
      if (!(error instanceof StoreError) || error.trouble !== 'unavailable') throw error;
      trouble = error;
    }
    if (seen?.isLive) return seen;
    const pause = Math.max(EVERY, REST * (performance.now() - from));
    const left = end - performance.now();
    if (left <= 0) {
      if (seen) return seen;
      throw trouble;
    }
    progress(seen ? wordsOf(seen, live) : 'the store does not answer; trying again');
    await sleep(Math.min(pause, left));
  }
}

function wordsOf({ live: count, missing }: Liveness, { release }: LiveRelease): string {
  const names = missing.map(({ client }) => plain(client));
  const whom = names.length > 0 ? `; waiting for ${list(names, 5)}` : '; waiting for more';
  return `release ${release}: ${plural(count, 'client')}${whom}`;
}
