import type { Limit } from '../../schemas/setting.ts';
import type { Usage } from './meter.ts';
import { windowOf } from './window-of.ts';

/** The most a whole number in a structured field may be. */
const MOST = 999_999_999_999_999;

const whole = (amount: number): number => Math.min(MOST, Math.max(0, Math.floor(amount)));

/**
 * What clients read of a limit: `RateLimit-Policy` and `RateLimit` as the IETF's draft 10 has them, and the older
 * `X-RateLimit-*`, whose reset is in seconds since 1970. None where it is unlimited or nothing was counted.
 */
export function usageHeaders(key: string, { per }: Limit, usage: Usage, now: number): Record<string, string> {
  const { limit, remaining, resetsAt } = usage;
  if (limit === Number.POSITIVE_INFINITY || remaining === undefined) return {};
  const [quota, left] = [whole(limit), whole(remaining)];
  const headers = { 'X-RateLimit-Limit': String(quota), 'X-RateLimit-Remaining': String(left) };
  if (!per || !resetsAt)
    return { 'RateLimit-Policy': `"${key}";q=${quota}`, RateLimit: `"${key}";r=${left}`, ...headers };
  const ends = resetsAt.getTime();
  const seconds = (ends - windowOf(per, ends - 1).starts) / 1000;
  const rest = Math.max(0, Math.ceil((ends - now) / 1000));
  return {
    'RateLimit-Policy': `"${key}";q=${quota};w=${seconds}`,
    RateLimit: `"${key}";r=${left};t=${rest}`,
    ...headers,
    'X-RateLimit-Reset': String(Math.ceil(ends / 1000)),
  };
}
