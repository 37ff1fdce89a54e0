import type { LazyTerms, Terms } from '../../client/terms.ts';
import { etagOf } from '../ofrep/etag.ts';
import { readEventId } from './event-id.ts';
import { type EventQueue, openQueue } from './event-queue.ts';
import { retryLine } from './retry-line.ts';
import type { Subject } from './subject.ts';
import { watchSubjects } from './watch-subjects.ts';
import { block, type Hears, idOf, keep, missed, toldOf, type Watched } from './watched.ts';

/** One reader and what it asks. */
export interface Asking {
  subject: Subject;
  hears: Hears;
  /** `Last-Event-ID`: where it was when it was cut off. */
  lastEventId?: string | undefined;
  /** The digest of the values it fetched before it came. */
  since?: string | undefined;
  /** The stream ends then, in milliseconds since 1970; at the latest after an hour or so, where nothing is said. */
  until?: number | undefined;
  signal: AbortSignal;
}

/** What a hub needs of the server it belongs to. */
export interface HubTools {
  /** This process: sequences of another count something else. */
  origin: string;
  /** The validator of a subject's values with this digest. */
  tagOf(subject: Subject, values: string): string;
  now(): number;
  /** From 0 to below 1, evenly: any number of them in a row lie apart. */
  spread(): number;
}

/** What waits for one reader; in characters. */
const WAITING = 64 * 1024;
/** Some proxies cut off what is silent for 30 seconds. In milliseconds. */
const HEARTBEAT = 15_000;
/** Whoever has not read for so many heartbeats is sent away. */
const STALLED = 3;
/** A stream is ended from time to time, so that what lets its reader in is asked for again; about, in milliseconds. */
const LIFE = 3_600_000;
/** How long, and of how many, what happens is kept when nobody hears it, for readers that come back; in milliseconds. */
const LINGER = 300_000;
const LINGERING = 10_000;

interface Stream {
  queue: EventQueue;
  hears: Hears;
  until: number;
  /** Heartbeats in a row at which something waited. */
  waited: number;
}

interface Line {
  streams: Set<Stream>;
  /** When the last stream went. */
  idleSince: number | undefined;
}

type Tell = (hears: Hears, sequence: number) => string;

/** Opens a stream; `onEnd` is called once when it has ended. @throws StoreError, SnapshotError */
export type OpenStream = (asking: Asking, onEnd: () => void) => Promise<AsyncIterable<string>>;

/** All streams on the same terms: each customer is looked at once, whoever many hear of it. */
export function openHub(terms: Terms | LazyTerms, { origin, tagOf, now, spread }: HubTools): OpenStream {
  const lines = new Map<Watched, Line>();
  let sequence = 0;
  let timer: NodeJS.Timeout | undefined;

  const watching = watchSubjects(terms, (watched, change, wereValues) => {
    const { state } = watched;
    if (change) {
      const told = toldOf(change, state.release);
      tell(watched, (hears, at) => block(idOf(state, hears, at, origin), 'change', told), 'all');
    }
    if (state.values !== wereValues) tell(watched, refetch(watched));
  });

  function refetch({ subject, state }: Watched): Tell {
    const etag = etagOf(tagOf(subject, state.values));
    const told = { type: 'refetchEvaluation', etag, lastModified: Math.floor(now() / 1_000) };
    return (hears, at) => block(idOf(state, hears, at, origin), 'message', told);
  }

  function tell(watched: Watched, textOf: Tell, only?: Hears): void {
    sequence += 1;
    const at = sequence;
    keep(watched, { sequence: at, text: (hears) => textOf(hears, at), ...(only && { only }) });
    for (const { hears, queue } of lines.get(watched)?.streams ?? [])
      if (only === undefined || only === hears) queue.send(textOf(hears, at));
  }

  const farewell = (): string => `${retryLine(spread)}\n`;

  function keepAlive(): void {
    const at = now();
    let idle = 0;
    for (const [watched, { streams, idleSince }] of lines) {
      for (const stream of streams) {
        stream.waited = stream.queue.isEmpty ? 0 : stream.waited + 1;
        if (at >= stream.until || stream.waited >= STALLED) stream.queue.end(farewell());
        else if (stream.queue.isEmpty) stream.queue.send(':\n\n');
      }
      if (idleSince === undefined) continue;
      idle += 1;
      if (at - idleSince <= LINGER && idle <= LINGERING) continue;
      lines.delete(watched);
      watching.forget(watched);
    }
    if (lines.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  }

  /**
   * What a reader is told before anything happens. Where it is then, says what comes last: who is cut off before that has not
   * heard it, and says so when he comes back.
   */
  function greeting(watched: Watched, { subject, hears, lastEventId, since }: Asking): string {
    const { state } = watched;
    const customer = state.view?.customer ?? subject.account;
    const ready = (id?: string): string =>
      hears === 'all' ? block(id, 'ready', { customer, release: state.release }) : id ? `id: ${id}\n\n` : '';
    const last = lastEventId === undefined ? undefined : readEventId(lastEventId);
    const missing = last && missed(watched, last, hears, origin);
    if (missing && missing.length > 0) return ready() + missing.join('');
    const had = lastEventId === undefined ? since : (last?.digest ?? '');
    const isSame = missing || had === undefined || had === (hears === 'all' ? state.all : state.values);
    return isSame ? ready(idOf(state, hears, sequence, origin)) : ready() + refetch(watched)(hears, sequence);
  }

  return async (asking, onEnd) => {
    const { subject, hears, signal, until = now() + LIFE * (0.75 + spread() / 2) } = asking;
    const watched = await watching.watch(subject, sequence);
    const line: Line = lines.get(watched) ?? { streams: new Set(), idleSince: undefined };
    lines.set(watched, line);
    line.idleSince = undefined;
    const leave = (): void => queue.end(farewell());
    const queue = openQueue(WAITING, farewell, () => {
      signal.removeEventListener('abort', leave);
      line.streams.delete(stream);
      if (line.streams.size === 0) line.idleSince = now();
      onEnd();
    });
    const stream: Stream = { queue, hears, until, waited: 0 };
    line.streams.add(stream);
    timer ??= setInterval(keepAlive, HEARTBEAT).unref();
    queue.send(retryLine(spread) + greeting(watched, asking));
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
    return queue;
  };
}
