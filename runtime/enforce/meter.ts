import type { OverCap, Settings } from '../../schemas/setting.ts';
import type { CustomerView, KeysOf } from '../client/customer-view.ts';

/** How much of a limit is used. Amounts are in the setting's unit. */
export interface Usage {
  /** The limit at this moment; unlimited is `Infinity`. */
  limit: number;
  /** Absent: it is not known, because nothing was counted. */
  used?: number;
  /** Until the limit, never below zero. */
  remaining?: number;
  /** How far above the limit; absent where it is not. */
  over?: number;
  /** When the count starts again; absent where it never does. */
  resetsAt?: Date;
  /** What the catalogue says happens to use above the limit; `readOnly` and `noNewUse` leave alone what is there. */
  overCap?: OverCap;
  /** Nothing was counted: the limit is unlimited, or the store cannot be asked. */
  isUnmetered?: true;
}

/** Whether something may be used, and what is left then. */
export interface Consumed extends Usage {
  granted: boolean;
  /**
   * `hard`: never above the limit. `soft`: above it by the grace and no further. `report`: whatever is asked for, and it is
   * told what goes above.
   */
  mode: 'hard' | 'soft' | 'report';
  /** Of what was refused: in how many milliseconds it would be granted at the latest; absent where it never would. */
  retryAfterMs?: number;
}

export interface ConsumeOptions {
  /** Default: `hard` where the catalogue says `overCap`, else `report`. */
  mode?: 'hard' | 'report';
  /** How far above the limit use is granted: an amount, or a share of the limit (`10%`). The mode is `soft` then. */
  grace?: number | `${number}%`;
  /**
   * What is answered while the store cannot be asked; `grant` and `deny` say `isUnmetered`. Default: `grant`, so that our
   * outage is not theirs.
   */
  whenDown?: 'grant' | 'deny' | 'throw';
  /** Counts also what is unlimited, to be shown or for a limit that comes later. Default: false, without asking the store. */
  countUnlimited?: boolean;
}

/**
 * Counts what customers use of their limits. A limit with a period counts in windows of the calendar, UTC: hours, days,
 * weeks from Monday, months, quarters, years. One without counts what is in use until it is given back.
 */
export interface Meter {
  /**
   * Uses `n` of a limit, all or nothing. What is refused is not counted.
   *
   * @throws RangeError for what is no limit, for an `n` that is not above 0 or a part of what is whole, and for an option
   * that is wrong; MeterError (`unavailable`) with `whenDown: 'throw'`.
   */
  consume<S extends Settings>(
    customer: CustomerView<S>,
    key: KeysOf<S, 'limit'>,
    n?: number,
    options?: ConsumeOptions,
  ): Promise<Consumed>;
  /** What is used, without using anything. @throws RangeError for what is no limit */
  peek<S extends Settings>(customer: CustomerView<S>, key: KeysOf<S, 'limit'>): Promise<Usage>;
  /**
   * Takes `n` back that was used, never below zero: a seat that is free again, work that failed. With the answer it was
   * granted by, what was used in a window that is over is let be.
   *
   * @throws RangeError as `consume`
   */
  giveBack<S extends Settings>(
    customer: CustomerView<S>,
    key: KeysOf<S, 'limit'>,
    n: number,
    granted?: Pick<Consumed, 'resetsAt' | 'isUnmetered'>,
  ): Promise<Usage>;
  /** The meter's clock, in milliseconds since 1970. */
  now(): number;
  /** Stops counting and closes its connections; a client of the caller stays open. */
  close(): Promise<void>;
}
