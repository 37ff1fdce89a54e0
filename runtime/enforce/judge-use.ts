import type { Limit } from '../../schemas/setting.ts';
import type { Consumed, ConsumeOptions } from './meter.ts';

/** How a limit is kept: the mode, and up to where use is granted, in the setting's unit. */
export interface Judgement {
  mode: Consumed['mode'];
  upTo: number;
}

/** @throws RangeError for a grace that is none, and for one beside another mode; modes were checked. */
export function judgeUse(
  { overCap, fractional }: Pick<Limit, 'overCap' | 'fractional'>,
  limit: number,
  { mode, grace }: Pick<ConsumeOptions, 'mode' | 'grace'>,
): Judgement {
  if (grace !== undefined) {
    if (mode !== undefined) throw new RangeError(`a grace is a mode of its own; leave out \`mode: '${mode}'\``);
    const more = typeof grace === 'number' ? grace : (limit * percentOf(grace)) / 100;
    if (!(more >= 0)) throw new RangeError(`${grace} is no grace; write an amount, or a share such as '10%'`);
    return { mode: 'soft', upTo: limit + (fractional ? more : Math.floor(more)) };
  }
  const kept = mode ?? (overCap ? 'hard' : 'report');
  return { mode: kept, upTo: kept === 'hard' ? limit : Number.POSITIVE_INFINITY };
}

const percentOf = (share: string): number => (/^\d+(\.\d+)?%$/.test(share) ? Number(share.slice(0, -1)) : Number.NaN);
