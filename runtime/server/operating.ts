import type { LazyTerms, Terms } from '../client/terms.ts';
import type { Metrics } from './metrics.ts';

/** What those who run the server ask about; no customer is in it. */
export interface Operating {
  /** Absent until a release is read. */
  terms(): Terms | LazyTerms | undefined;
  isStopping(): boolean;
  /** A release that is stale, or a store that does not answer, makes it not ready. */
  failsWhenOld: boolean;
  /** Milliseconds since 1970. */
  started: number;
  version: string | undefined;
  metrics: Pick<Metrics, 'text' | 'contentType'>;
  connections(): number;
  streams(): number;
}
