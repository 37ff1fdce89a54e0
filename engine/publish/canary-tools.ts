import type { HeadPayload } from '../../runtime/snapshot/head.ts';
import { type Refused, refuse } from './outcome.ts';
import type { Place } from './place.ts';
import type { AncestryTools } from './place-commit.ts';
import { readStanding } from './read-standing.ts';
import type { SwapTools } from './swap-head.ts';

/** What ends a canary: each channel has a witness of its own. */
export interface CanaryTools extends AncestryTools {
  stable: SwapTools;
  canary: SwapTools;
}

/** The newest head of a canary's channel, whether anybody follows it or not. */
export async function readCanary(
  { canary }: Pick<CanaryTools, 'canary'>,
  place: Place,
): Promise<HeadPayload | Refused> {
  const standing = await readStanding(canary, place);
  if ('outcome' in standing) return standing;
  return standing.current?.payload ?? noCanary(place, undefined);
}

export const noCanary = ({ env, channel }: Place, last: HeadPayload | undefined): Refused =>
  refuse(
    'canary',
    `no canary is out in ${env}/${channel}${last?.kind === 'promote' ? '; the last one was promoted' : last?.kind === 'abort' ? '; the last one was aborted' : ''}`,
    last?.kind === 'promote'
      ? '`proviso rollback` brings back what everybody had before'
      : `publish one: \`proviso publish --channel ${channel} --share 5\``,
  );
