import type { Limit, Setting, Settings } from '../../schemas/setting.ts';
import { aFunction, checkOptions, type Kinds, millisecondsUpTo, text } from '../client/check-options.ts';
import type { CustomerView } from '../client/customer-view.ts';
import { checkCustomer, checkUse } from './check-use.ts';
import type { Count } from './counter.ts';
import { judgeUse } from './judge-use.ts';
import { type Measure, measureOf } from './measure.ts';
import type { Consumed, ConsumeOptions, Meter, Usage } from './meter.ts';
import { MeterError } from './meter-error.ts';
import { type MeterPlace, openCounter } from './open-counter.ts';
import { slotOf } from './slot-of.ts';
import { spareStore } from './spare-store.ts';

export interface MeterOptions {
  /**
   * Where use is counted: `memory:` (of this process alone), a URL `redis://`, `rediss://`, `postgres://`, or a client of
   * the package `redis` or a pool of `pg` that is connected already.
   */
  in: MeterPlace;
  /** Begins the name of every count. Default: `proviso-usage`. */
  prefix?: string;
  /** How many milliseconds a request waits for the store before it goes on without, 1 to 3,600,000. Default: 1,000. */
  patience?: number;
  /**
   * Told when the store fails, at most once a second: use goes uncounted then. Default: the first failure is a warning of the
   * process, and later ones are told nobody.
   */
  onTrouble?: (error: MeterError) => void;
  /** The clock: milliseconds since 1970. Default: the machine's. */
  now?: () => number;
}

/** What each option of `openMeter` may be. */
const meterOptions: Kinds<MeterOptions> = {
  // `openCounter` says what is wrong with it, as it does of a URL.
  in: { holds: () => true, says: 'where use is counted' },
  prefix: text("what every count begins with, such as 'proviso-usage'"),
  patience: millisecondsUpTo(3_600_000),
  onTrouble: aFunction('a function that is told when the store fails'),
  now: aFunction('a function that says how many milliseconds have passed since 1970'),
};

/** A place that was never there would otherwise be noticed by nobody: all use is granted. */
function warnOnce(): (error: MeterError) => void {
  let isTold = false;
  return ({ message }) => {
    if (!isTold) process.emitWarning(`${message}; meanwhile use is not counted`, 'MeterWarning');
    isTold = true;
  };
}

/**
 * Opens a meter. It does not wait for the store, which may be down; it needs the package `rate-limiter-flexible`, and that
 * of the store where a URL names one.
 *
 * @throws MeterError (`packageMissing`, `badPlace`), RangeError for another option that is wrong, or that there is not.
 */
export async function openMeter(options: MeterOptions): Promise<Meter> {
  checkOptions('openMeter', options, meterOptions);
  const { prefix = 'proviso-usage', patience = 1_000, onTrouble = warnOnce(), now = () => Date.now() } = options;
  const counter = await openCounter(options.in, prefix);
  const ask = spareStore(patience, onTrouble, counter);
  let isClosed = false;

  const about = (customer: Metered, key: string): Asked => {
    if (isClosed) throw new MeterError('closed', 'the meter was closed');
    checkCustomer(customer);
    const limit = customer.limit(key);
    const setting = customer.describe(key) as Limit;
    const slot = slotOf(customer.account, key, setting, now());
    return { limit, setting, slot, measure: measureOf(setting, key) };
  };

  return {
    async consume<S extends Settings>(
      customer: CustomerView<S>,
      key: string,
      n = 1,
      options: ConsumeOptions = {},
    ): Promise<Consumed> {
      checkUse(options);
      const asked = about(customer, key);
      const { limit, setting, slot, measure } = asked;
      const count = measure.countOf(n);
      const { mode, upTo } = judgeUse(setting, limit, options);
      const isUncounted = limit === Number.POSITIVE_INFINITY && !options.countUnlimited;
      if (isUncounted) return { granted: true, mode, ...unmetered(asked), remaining: limit };
      const most = measure.mostOf(upTo);
      const { whenDown = 'grant' } = options;
      const onLate = ({ isTaken }: Count): void => {
        // What was told to be refused is not to be counted either.
        if (isTaken && whenDown !== 'grant') counter.giveBack(slot, count).catch(() => {});
      };
      let taken: Count;
      try {
        taken = await ask(() => counter.take(slot, count, most), onLate);
      } catch (error) {
        if (whenDown === 'throw') throw error;
        return { granted: whenDown === 'grant', mode, ...unmetered(asked) };
      }
      const mayComeBack = slot.ends !== undefined && count <= most;
      return {
        granted: taken.isTaken,
        mode,
        ...usageOf(asked, taken.used),
        ...(!taken.isTaken && mayComeBack && { retryAfterMs: (slot.ends ?? 0) - slot.now }),
      };
    },
    async peek<S extends Settings>(customer: CustomerView<S>, key: string): Promise<Usage> {
      const asked = about(customer, key);
      return ask(() => counter.read(asked.slot)).then(
        (used) => usageOf(asked, used),
        () => unmetered(asked),
      );
    },
    async giveBack<S extends Settings>(
      customer: CustomerView<S>,
      key: string,
      n: number,
      granted: Pick<Consumed, 'resetsAt' | 'isUnmetered'> = {},
    ): Promise<Usage> {
      const asked = about(customer, key);
      const count = asked.measure.countOf(n);
      const isOver = granted.resetsAt !== undefined && granted.resetsAt.getTime() !== asked.slot.ends;
      const work = (): Promise<number> =>
        isOver || granted.isUnmetered ? counter.read(asked.slot) : counter.giveBack(asked.slot, count);
      return ask(work).then(
        (used) => usageOf(asked, used),
        () => unmetered(asked),
      );
    },
    now,
    async close() {
      if (isClosed) return;
      isClosed = true;
      await counter.close();
    },
  };
}

/** What counting needs of a customer's view, whatever the catalogue. */
interface Metered {
  account: string;
  limit(key: string): number;
  describe(key: string): Setting;
}

interface Asked {
  limit: number;
  setting: Limit;
  slot: ReturnType<typeof slotOf>;
  measure: Measure;
}

function usageOf(asked: Asked, count: number): Usage {
  const { limit, measure } = asked;
  const used = measure.amountOf(count);
  const over = measure.amountOf(count - measure.mostOf(limit));
  return {
    ...known(asked),
    used,
    remaining: limit === Number.POSITIVE_INFINITY ? limit : Math.max(0, -over),
    ...(over > 0 && { over }),
  };
}

const unmetered = (asked: Asked): Usage => ({ ...known(asked), isUnmetered: true });

const known = ({ limit, setting: { overCap }, slot: { ends } }: Asked): Usage => ({
  limit,
  ...(ends !== undefined && { resetsAt: new Date(ends) }),
  ...(overCap && { overCap }),
});
