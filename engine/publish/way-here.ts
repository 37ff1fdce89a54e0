import type { Head, HeadPayload } from '../../runtime/snapshot/head.ts';

/**
 * Of all heads, newest first, the releases that led to the one in force: what a rollback took back does not come again
 * by itself, and the way goes on from the release it brought back.
 */
export async function* wayHere(heads: AsyncIterable<Head>): AsyncGenerator<HeadPayload> {
  let here: HeadPayload | undefined;
  for await (const { payload } of heads) {
    const isRollback = here?.releaseHold !== undefined;
    const isSame = payload.root === here?.root && (payload.commit === here.commit || !isRollback);
    if (here && !isSame && isRollback) continue;
    here = payload;
    yield payload;
  }
}
