import { countedCustomers, isBulk } from './blast-radius.ts';
import type { Evidence } from './evidence.ts';
import type { VerifiedRange } from './verify-range.ts';

/** What a release keeps of a range that was verified: the same range gives the same evidence, byte for byte. */
export function evidenceOfRange(
  of: Pick<Evidence, 'repo' | 'env' | 'channel' | 'verify' | 'from' | 'to'>,
  { commits, whole, evidence, expected }: VerifiedRange,
): Evidence {
  const { repo, env, channel, verify, from, to } = of;
  const counted = commits.some(isBulk) && countedCustomers(whole, commits).sort();
  return {
    v: 1,
    kind: 'evidence',
    repo,
    env,
    channel,
    verify,
    from,
    to,
    commits: evidence,
    ...(expected !== undefined && { expected }),
    ...(counted && { counted }),
  };
}
