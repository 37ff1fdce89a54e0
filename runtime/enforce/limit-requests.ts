import type { Limit, Settings } from '../../schemas/setting.ts';
import { aFunction, checkOptions, isRecord, type Kinds, text } from '../client/check-options.ts';
import type { CustomerView, KeysOf } from '../client/customer-view.ts';
import { useOptions } from './check-use.ts';
import type { Consumed, ConsumeOptions, Meter, Usage } from './meter.ts';
import { usageHeaders } from './usage-headers.ts';

export interface RequestLimitOptions<Request, S extends Settings> extends ConsumeOptions {
  meter: Meter;
  /** The limit that requests use. */
  setting: KeysOf<S, 'limit'>;
  /** Whose limit it is; undefined: nobody's, the request passes uncounted. */
  customerOf(request: Request): CustomerView<S> | undefined | Promise<CustomerView<S> | undefined>;
  /** How much of the limit the request uses; 0 uses nothing and passes. Default: 1. */
  cost?: number | ((request: Request) => number | Promise<number>);
}

/** What becomes of a request, in the words of HTTP. */
export interface RequestDecision {
  headers: Readonly<Record<string, string>>;
  /** Absent: the request goes on. */
  refusal?: { status: 429 | 503; body: RefusalBody };
}

/** What a client is told that has used up its limit; instants as in `2026-12-01T00:00:00.000Z`. */
export interface RefusalBody {
  code: 'limitReached' | 'notCounted';
  message: string;
  setting: string;
  limit: number;
  used?: number;
  resetsAt?: string;
}

/** Decides about requests of one framework; `forNode`, `forExpress`, `forHono` and `forFastify` make it a part of each. */
export type RequestLimit<Request> = (request: Request) => Promise<RequestDecision>;

/** What each option of `limitRequests` may be. */
const requestOptions: Kinds<RequestLimitOptions<never, Settings>> = {
  ...useOptions,
  meter: {
    holds: (value) => isRecord(value) && 'consume' in value,
    says: 'what `openMeter` opened',
    isRequired: true,
  },
  setting: { ...text("the limit that requests use, such as 'apiCalls'"), isRequired: true },
  customerOf: { ...aFunction('a function that says whose limit it is'), isRequired: true },
  cost: {
    holds: (value) => typeof value === 'number' || typeof value === 'function',
    says: 'a number, or a function that says one',
  },
};

/**
 * Counts each request against a limit of its customer, and says what to answer.
 *
 * What it gives throws what `customerOf` and `cost` throw, and RangeError for a setting that is no limit.
 *
 * @throws RangeError for an option that is wrong.
 */
export function limitRequests<Request, S extends Settings = Settings>(
  given: RequestLimitOptions<Request, S>,
): RequestLimit<Request> {
  // When it is made, and not with the first request.
  checkOptions('limitRequests', given, requestOptions);
  const { meter, setting, customerOf, cost = 1, ...options } = given;
  return async (request) => {
    const customer = await customerOf(request);
    if (!customer) return { headers: {} };
    const n = typeof cost === 'number' ? cost : await cost(request);
    const limit = customer.describe(setting) as Limit;
    if (n === 0) return { headers: usageHeaders(setting, limit, await meter.peek(customer, setting), meter.now()) };
    const consumed = await meter.consume(customer, setting, n, options);
    const headers = usageHeaders(setting, limit, consumed, meter.now());
    if (consumed.granted) return { headers };
    const { retryAfterMs, isUnmetered } = consumed;
    const wait = isUnmetered ? DOWN : retryAfterMs;
    return {
      headers: {
        ...headers,
        ...(wait !== undefined && { 'Retry-After': String(Math.max(1, Math.ceil(wait / 1000))) }),
      },
      refusal: { status: isUnmetered ? 503 : 429, body: bodyOf(setting, limit, consumed, n) },
    };
  };
}

/** After so many milliseconds the store is asked again. */
const DOWN = 1_000;

function bodyOf(setting: string, described: Limit, consumed: Consumed, n: number): RefusalBody {
  const { limit, used, resetsAt, retryAfterMs, isUnmetered } = consumed;
  const name = described.label ?? setting;
  const facts = { setting, limit, ...(used !== undefined && { used }), ...(resetsAt && { resetsAt: iso(resetsAt) }) };
  if (isUnmetered)
    return { code: 'notCounted', message: `${name}: use cannot be counted at the moment; try again`, ...facts };
  const state = `${name}: ${used} of ${limit} used${sinceWhen(described)}`;
  return {
    code: 'limitReached',
    message: `${state}, and this request needs ${n}${nextChance(retryAfterMs, resetsAt)}`,
    ...facts,
  };
}

const sinceWhen = ({ per }: Limit): string => (per ? (per === 'day' ? ' today' : ` this ${per}`) : '');

const nextChance = (retryAfterMs: number | undefined, resetsAt: Usage['resetsAt']): string =>
  retryAfterMs !== undefined && resetsAt ? `; the count starts again at ${iso(resetsAt)}` : '';

const iso = (instant: Date): string => instant.toISOString();
