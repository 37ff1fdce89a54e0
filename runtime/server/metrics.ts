import { Counter, collectDefaultMetrics, Gauge, type Histogram, Registry } from 'prom-client';
import type { Freshness } from '../client/freshness.ts';
import type { ReleaseName } from '../client/terms.ts';
import { BOUNDS, type CountedRequests, countRequests } from './count-requests.ts';

/** What is counted while requests are answered. */
export interface Metrics {
  /** A request of a route (its pattern; none where no path matched), answered after so many milliseconds; of a stream without. */
  answered(route: string | undefined, method: string, status: number, ms?: number): void;
  /** Somebody asked with a token nobody has, or with none. */
  refused(reason: 'missing' | 'unknown'): void;
  /** A connection that was one too many. */
  dropped(): void;
  trouble(kind: string): void;
  /** Everything, in the format of Prometheus. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** What is looked at when somebody asks for the metrics. */
export interface Gauged {
  /** Absent until a release is read. */
  reading(): { release: ReleaseName; freshness: Freshness } | undefined;
  isReady(): boolean;
  connections(): number;
  streams(): number;
}

const STATES = ['fresh', 'unreachable', 'stale'] as const;

/** Metrics in a registry of their own: a program that has others keeps them apart. */
export function openMetrics(gauged: Gauged): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, value: () => number | undefined): void => {
    registry.registerMetric(
      new Gauge({
        name,
        help,
        registers: [],
        collect() {
          const now = value();
          if (now === undefined) this.remove();
          else this.set(now);
        },
      }),
    );
  };
  gauge('proviso_ready', 'Whether requests are answered: a release is read, and the server does not stop.', () =>
    gauged.isReady() ? 1 : 0,
  );
  gauge('proviso_release', 'Number of the release that is read.', () => gauged.reading()?.release.n);
  gauge('proviso_release_age_seconds', 'Since whoever publishes last said that this release is in force.', () =>
    inSeconds(gauged.reading()?.freshness.age),
  );
  gauge('proviso_store_answer_age_seconds', 'Since the store last answered.', () =>
    inSeconds(gauged.reading()?.freshness.lastAnswer),
  );
  gauge('proviso_clock_behind', 'Whether the clock is behind what signed releases say.', () => {
    const isBehind = gauged.reading()?.freshness.isClockBehind;
    return isBehind === undefined ? undefined : Number(isBehind);
  });
  gauge('proviso_connections', 'Open connections.', gauged.connections);
  gauge('proviso_streams', 'Open streams.', gauged.streams);
  registry.registerMetric(
    new Gauge({
      name: 'proviso_state',
      help: 'How far answers can be relied on; 1 for the state it is.',
      labelNames: ['state'],
      registers: [],
      collect() {
        const now = gauged.reading()?.freshness.state;
        for (const state of STATES) this.set({ state }, state === now ? 1 : 0);
      },
    }),
  );

  const requests = countRequests();
  registry.registerMetric(
    new Counter({
      name: 'proviso_requests_total',
      help: 'Requests by route, method and status.',
      labelNames: ['route', 'method', 'status'],
      registers: [],
      collect() {
        this.reset();
        for (const { count, ...labels } of requests.answers()) this.inc(labels, count);
      },
    }),
  );
  registry.registerMetric(durationsOf(requests));
  const refusals = new Counter({
    name: 'proviso_tokens_refused_total',
    help: 'Requests with a token nobody has, or with none.',
    labelNames: ['reason'],
    registers,
  });
  const drops = new Counter({ name: 'proviso_connections_refused_total', help: 'One connection too many.', registers });
  const troubles = new Counter({
    name: 'proviso_trouble_total',
    help: 'What went wrong while releases were followed: a store that cannot be read, a head that is refused.',
    labelNames: ['kind'],
    registers,
  });

  return {
    answered: requests.answered,
    refused: (reason) => refusals.inc({ reason }),
    dropped: () => drops.inc(),
    trouble: (kind) => troubles.inc({ kind }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

const inSeconds = (milliseconds: number | undefined): number | undefined =>
  milliseconds === undefined ? undefined : milliseconds / 1_000;

/** What is registered of a histogram; the library's own takes longer to count a request than a look-up takes. */
function durationsOf(requests: CountedRequests): Histogram {
  const told = {
    name: 'proviso_request_duration_seconds',
    help: 'Until the last byte was handed over; streams are not among them.',
    type: 'histogram',
    aggregator: 'sum',
  };
  const values = () =>
    requests.durations().flatMap(({ route, sum, within }) => {
      let count = 0;
      const buckets = within.map((more, index) => {
        count += more;
        return { metricName: `${told.name}_bucket`, labels: { le: BOUNDS[index] ?? '+Inf', route }, value: count };
      });
      return [
        ...buckets,
        { metricName: `${told.name}_sum`, labels: { route }, value: sum },
        { metricName: `${told.name}_count`, labels: { route }, value: count },
      ];
    });
  return { ...told, get: async () => ({ ...told, values: values() }), reset() {} } as unknown as Histogram;
}
