import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { type ClientReport, encodeReport, isName, reportsEvery } from '../snapshot/client-report.ts';
import { type ClientReports, StoreError } from '../stores/store.ts';
import { inTime } from './with-deadline.ts';

/** What a client says to whoever asks whether a release is live everywhere. */
export interface ReportOptions {
  /** The name of this client, which no other process has, up to 100 characters. Default: host, process and a random word. */
  name?: string;
  /** Milliseconds between two reports while nothing changes, 1,000 to 3,600,000. Default: 60,000, a fifth more or less. */
  every?: number;
}

/** What is served, as it is when it is asked. */
export type Served = Omit<ClientReport, 'v' | 'client' | 'since' | 'at' | 'every'>;

export interface Reporting {
  /** Begins, and after that: something may have changed, and if so it is reported within a second. */
  look(): void;
  /** Takes the report back. */
  close(): Promise<void>;
}

interface Reporter {
  reports: ClientReports;
  env: string;
  served(): Served;
  /** Milliseconds since 1970. */
  now(): number;
  /** Told once until a report gets through again. */
  onTrouble(error: unknown): void;
  /** From 0 to 1. */
  random?: () => number;
}

/** Who is no longer heard of is remembered for so long, in milliseconds, or for so many reports that did not come. */
const REMEMBERED = 3_600_000;
const MISSED = 30;
/** A change is reported within so long: clients that change at once do not report at once. In milliseconds. */
const HASTE = 1_000;
/** How long closing may wait for the store, in milliseconds. */
const WITHIN_AT_END = 2_000;

/**
 * Reports the release that is served, after every change and from time to time, until it is closed. Failing is no trouble
 * for whoever reads.
 *
 * @throws RangeError for options that make no sense.
 */
export function reportRelease(
  { name = ownName(), every = reportsEvery.usual }: ReportOptions,
  { reports, env, served, now, onTrouble, random = Math.random }: Reporter,
): Reporting {
  if (!isName(name)) throw new RangeError('the name of a client that reports has 1 to 100 characters');
  if (!(every >= reportsEvery.least && every <= reportsEvery.most))
    throw new RangeError(`a client reports every ${reportsEvery.least} to ${reportsEvery.most} milliseconds`);
  const keepFor = Math.max(REMEMBERED, MISSED * every);
  let isClosed = false;
  let isTold = false;
  let isStored = false;
  let isHurried = false;
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<void> | undefined;
  let sent = '';
  let release = '';
  let since = now();

  const textOf = (what: Served): string => JSON.stringify(what);

  async function send(): Promise<void> {
    const what = served();
    follow(what);
    sent = textOf(what);
    const times = { since: instant(since), at: instant(now()) };
    const report: ClientReport = { v: 1, client: name, ...what, ...times, every: Math.round(every) };
    try {
      await reports.put(env, name, encodeReport(report), keepFor);
      isStored = true;
      isTold = false;
    } catch (error) {
      if (!isTold && !isClosed) onTrouble(worded(error));
      isTold = true;
    }
  }

  /** Since when the release is served that is. */
  function follow({ release: number, epoch, canary }: Served): void {
    const next = JSON.stringify([number, epoch, canary]);
    if (next !== release) since = now();
    release = next;
  }

  const waitFor = (delay: number): void => {
    if (isClosed) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      isHurried = false;
      sending = send().finally(() => {
        sending = undefined;
        waitFor(every * (0.8 + 0.4 * random()));
        look();
      });
    }, delay);
    timer.unref();
  };

  function look(): void {
    if (isClosed || isHurried) return;
    const what = served();
    follow(what);
    if (sending || textOf(what) === sent) return;
    isHurried = true;
    waitFor(Math.min(HASTE, every / 4) * random());
  }

  return {
    look,
    async close() {
      if (isClosed) return;
      isClosed = true;
      clearTimeout(timer);
      const last = async (): Promise<void> => {
        await sending;
        if (isStored) await reports.remove(env, name);
      };
      await inTime(last(), WITHIN_AT_END).catch(() => {});
    },
  };
}

const instant = (ms: number): string => new Date(ms).toISOString();

const ownName = (): string => `${hostname().slice(0, 64) || 'host'}:${process.pid}:${randomBytes(4).toString('hex')}`;

function worded(error: unknown): unknown {
  if (!(error instanceof StoreError)) return error;
  const { trouble, message } = error;
  return new StoreError(trouble, `it cannot be reported which release is served: ${message}`, { cause: error });
}
