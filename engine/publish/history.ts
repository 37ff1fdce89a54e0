import { decodeHead, type Head } from '../../runtime/snapshot/head.ts';
import { SnapshotError, sha256 } from '../../runtime/snapshot/object.ts';
import type { WriteStore } from '../../runtime/stores/store.ts';

/** The heads of one environment and channel. */
export interface Line {
  env: string;
  channel: string;
  /** Tells heads that we signed from those of others, which are passed over; without it every head counts. */
  isOurs?(envelope: Uint8Array): boolean;
}

/**
 * Every head of a line, newest first, each checked to be the one its successor names. One that is not ours is passed
 * over: the next of ours went on from it knowingly.
 *
 * @throws SnapshotError where the chain is broken or ends before the first release.
 */
export async function* historyOf(
  store: Pick<WriteStore, 'history'>,
  { env, channel, isOurs = () => true }: Line,
): AsyncGenerator<Head> {
  let expected: string | null | undefined;
  for await (const envelope of store.history(env, channel)) {
    const hash = sha256(envelope);
    if (expected !== undefined && hash !== expected)
      throw new SnapshotError(
        'hash',
        hash,
        `a release of ${env}/${channel} is not the one its successor follows (${hash})`,
      );
    expected = undefined;
    if (!isOurs(envelope)) continue;
    const head = decodeHead(envelope);
    yield head;
    expected = head.payload.prev;
  }
  if (typeof expected === 'string')
    throw new SnapshotError('missing', expected, `the history of ${env}/${channel} ends before head ${expected}`);
}
