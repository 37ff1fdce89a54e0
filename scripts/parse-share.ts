import { STABLE } from '../engine/publish/read-stable.ts';
import { UsageError } from '../engine/usage-error.ts';
import type { CanaryShare } from '../runtime/snapshot/head.ts';

/** Characters of all names together: a head holds them, and is read by every reader. */
const MOST = 8_000;

/** Who follows a canary, as it was typed; undefined where nothing was. @throws UsageError */
export function parseShare(
  channel: string,
  { share, readers }: { share: string | undefined; readers: string | undefined },
): Pick<CanaryShare, 'percent' | 'readers'> | undefined {
  if (share === undefined && readers === undefined) return undefined;
  if (channel === STABLE)
    throw new UsageError(
      `--${share === undefined ? 'readers' : 'share'} publishes a canary, and channel ${STABLE} is for everybody`,
      'name its channel: --channel canary',
    );
  const percent = share === undefined ? 0 : parsePercent(share);
  const names = readers === undefined ? [] : parseNames(readers);
  return { percent, ...(names.length > 0 && { readers: names }) };
}

function parsePercent(text: string): number {
  const percent = /^\d{1,3}(\.\d{1,2})?$/.test(text) ? Number(text) : Number.NaN;
  if (percent <= 100) return percent;
  throw new UsageError(`--share is a percentage from 0 to 100 with at most two decimals, not "${text}"`);
}

function parseNames(text: string): string[] {
  const names = [...new Set(text.split(',').map((name) => name.trim()))].sort();
  if (names.includes(''))
    throw new UsageError(`--readers is a list of names with commas between, not "${text}"`, '--readers web-1,web-2');
  if (names.join('').length <= MOST) return names;
  throw new UsageError(`--readers has more than ${MOST} characters`, 'name fewer, or give a --share');
}
