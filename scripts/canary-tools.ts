import type { CanaryTools } from '../engine/publish/canary-tools.ts';
import { STABLE } from '../engine/publish/read-stable.ts';
import type { WriteStore } from '../runtime/stores/store.ts';
import type { Context } from './command.ts';
import { releaseTools } from './release-tools.ts';

/** The channel of canaries where nobody names another. */
export const CANARY = 'canary';

/** What ends a canary, and the context of its channel: the one that was named, unless that is the one for everybody. */
export async function canaryTools(context: Context, store: WriteStore): Promise<{ of: Context; tools: CanaryTools }> {
  const of = { ...context, channel: context.channel === STABLE ? CANARY : context.channel };
  const [stable, canary] = [await releaseTools({ ...context, channel: STABLE }, store), await releaseTools(of, store)];
  return { of, tools: { stable, canary, ancestry: canary.ancestry } };
}
