import { decodeHead, type Head } from '../../runtime/snapshot/head.ts';
import { SnapshotError } from '../../runtime/snapshot/object.ts';
import type { WriteStore } from '../../runtime/stores/store.ts';

/**
 * Every head of an environment and channel, newest first, each checked to be the one its successor names.
 *
 * @throws SnapshotError where the chain is broken or ends before the first release.
 */
export async function* historyOf(
  store: Pick<WriteStore, 'history'>,
  env: string,
  channel: string,
): AsyncGenerator<Head> {
  let expected: string | null | undefined;
  for await (const envelope of store.history(env, channel)) {
    const head = decodeHead(envelope);
    if (expected !== undefined && head.hash !== expected)
      throw new SnapshotError(
        'hash',
        head.hash,
        `release ${head.payload.n} of ${env}/${channel} is not the one its successor follows`,
      );
    yield head;
    expected = head.payload.prev;
  }
  if (typeof expected === 'string')
    throw new SnapshotError('missing', expected, `the history of ${env}/${channel} ends before head ${expected}`);
}
