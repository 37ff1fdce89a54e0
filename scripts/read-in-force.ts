import { type InForce, inForceIn, type LookTools } from '../engine/publish/in-force-in.ts';
import type { Signing } from '../engine/publish/signing.ts';
import { UsageError } from '../engine/usage-error.ts';
import type { WriteStore } from '../runtime/stores/store.ts';
import { CANARY } from './canary-tools.ts';
import type { Context } from './command.ts';
import { refuseUnpublished } from './refuse-unpublished.ts';
import { releaseTools, targetOf } from './release-tools.ts';

export interface Standing {
  inForce: InForce;
  /** What stands in the channel of canaries, where that is another one. */
  canary: InForce | undefined;
  /** How it is signed; absent where nobody signs. */
  signing?: Signing;
}

/** What is in force in the context's environment and channel. Whoever looks needs no key to sign with. @throws UsageError where nothing is. */
export async function readInForce(context: Context, store: WriteStore): Promise<Standing> {
  const looking = {
    ...context,
    variables: { ...context.variables, PROVISO_HEAD_KEY: '', PROVISO_HEAD_KEY_FILE: '' },
  };
  const tools: LookTools = await releaseTools(looking, store);
  const place = await targetOf(context);
  const { instant } = context.at;
  const inForce = await inForceIn(tools, place, instant);
  if (!inForce) {
    await refuseUnpublished(context);
    throw new UsageError(
      `nothing is published for ${context.environment}/${context.channel} yet`,
      'publish first: `proviso publish`',
    );
  }
  const { witness: _, ...withoutWitness } = tools;
  const canary =
    context.channel === CANARY ? undefined : await inForceIn(withoutWitness, { ...place, channel: CANARY }, instant);
  return { inForce, canary, ...(tools.signing && { signing: tools.signing }) };
}
