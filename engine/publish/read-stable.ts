import type { Head } from '../../runtime/snapshot/head.ts';
import { type Refused, refuse } from './outcome.ts';
import type { Place } from './place.ts';
import { readStanding, type Standing, type StandingTools } from './read-standing.ts';

/** The channel of what is in force for everybody. */
export const STABLE = 'stable';

/** What is in force for everybody, verified: what a canary of the same environment is held against. */
export async function readStable(
  tools: StandingTools,
  { repo, env }: Pick<Place, 'repo' | 'env'>,
): Promise<(Standing & { current: Head; stored: Head }) | Refused> {
  const standing = await readStanding(tools, { repo, env, channel: STABLE });
  if ('outcome' in standing) return standing;
  const { current, stored } = standing;
  if (!current) return noStable(env);
  if (stored?.hash === current.hash) return { ...standing, current, stored };
  return refuse(
    'behind',
    `the store has lost release ${current.payload.n}, which was in force for everybody`,
    'publish for everybody first: `proviso publish` goes on from there',
  );
}

export const noStable = (env: string): Refused =>
  refuse(
    'noSuchRelease',
    `nothing is in force for everybody in ${env} yet`,
    'publish without a share first: `proviso publish`',
  );
