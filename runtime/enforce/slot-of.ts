import { createHash } from 'node:crypto';
import type { Limit } from '../../schemas/setting.ts';
import type { Slot } from './counter.ts';
import { measureOf } from './measure.ts';
import { windowOf } from './window-of.ts';

const SAFE = /^[\w.@-]{1,100}$/;

/** Where use of a limit is counted now. An account's name that may be anything is written as its hash. */
export function slotOf(account: string, key: string, limit: Limit, now: number): Slot {
  const window = limit.per && windowOf(limit.per, now);
  const name = SAFE.test(account) ? account : `~${createHash('sha256').update(account).digest('hex')}`;
  return { key: [name, key + measureOf(limit, key).mark, window?.name ?? 'stock'].join(':'), ends: window?.ends, now };
}
