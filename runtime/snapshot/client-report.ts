import { isInstant } from './is-instant.ts';
import { isHash } from './object.ts';

/*
 * What a client says of itself: comfort for people, never trusted for anything. UTF-8 JSON of at most 1 kB, without a word
 * about any customer.
 */

/** Nobody is made to read more of an environment, whoever wrote it. */
export const maxReports = 10_000;
export const maxReportBytes = 2_048;

/** A release as a client names it. */
export interface ReportedRelease {
  release: number;
  epoch: number;
  root: string;
}

export interface ClientReport extends ReportedRelease {
  v: 1;
  /** Unlike any other client's: 1 to 100 characters. */
  client: string;
  /** The format of releases it reads. */
  reader: number;
  /** Whose release it reads; `release` is the newest it took there. */
  channel: string;
  /** Which canaries it takes part in, and by which name. */
  follows?: { channel: string; reader: string };
  /** The canary it serves in place of `release`. */
  canary?: ReportedRelease & { channel: string };
  source: (typeof sources)[number];
  state: (typeof states)[number];
  /** Since when it serves this release, and when it said so: instants, ISO 8601 in UTC, by its own clock. */
  since: string;
  at: string;
  /** Milliseconds, about, until it says so again. */
  every: number;
}

const sources = ['store', 'disk', 'bundle'] as const;
const states = ['fresh', 'unreachable', 'stale'] as const;

/** Milliseconds between two reports of a client. */
export const reportsEvery = { least: 1_000, usual: 60_000, most: 3_600_000 } as const;

const mostBytes = 1_024;
const mostCharacters = 100;

/** A report that would be too long says less of canaries. */
export function encodeReport(report: ClientReport): Uint8Array {
  const bytes = Buffer.from(JSON.stringify(report));
  if (bytes.length <= mostBytes) return bytes;
  const { follows: _, ...shorter } = report;
  return Buffer.from(JSON.stringify(shorter));
}

/** The report, or undefined where it is none: anybody who may report may have written it. */
export function decodeReport(bytes: Uint8Array): ClientReport | undefined {
  const said = parse(bytes);
  if (!isMap(said) || said.v !== 1 || !isReport(said)) return undefined;
  const { follows, canary } = said;
  if (follows !== undefined && !(isMap(follows) && isName(follows.channel) && isName(follows.reader))) return undefined;
  if (canary !== undefined && !(isMap(canary) && isName(canary.channel) && isRelease(canary))) return undefined;
  return said as unknown as ClientReport;
}

const isReport = (said: Readonly<Record<string, unknown>>): boolean =>
  isName(said.client) &&
  isName(said.channel) &&
  isCount(said.reader) &&
  isRelease(said) &&
  sources.some((each) => each === said.source) &&
  states.some((each) => each === said.state) &&
  isInstant(said.since) &&
  isInstant(said.at) &&
  isCount(said.every) &&
  said.every >= reportsEvery.least &&
  said.every <= reportsEvery.most;

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isRelease = ({ release, epoch, root }: Readonly<Record<string, unknown>>): boolean =>
  isCount(release) && isCount(epoch) && isHash(root);

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** Whether a client, a channel or a reader may be called so in a report. */
export const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= mostCharacters;
