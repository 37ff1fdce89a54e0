import type { ResolutionDetails } from '@openfeature/server-sdk';
import type { CustomerView } from '../client/customer-view.ts';

/** An answer; whoever asks the same again is handed the same promise of it. */
export interface Kept<T = unknown> {
  details: ResolutionDetails<T>;
  promise: Promise<ResolutionDetails<T>>;
}

/** Answers by the view they were read from. */
export interface KeptAnswers {
  find(view: CustomerView, key: string): Kept | undefined;
  keep(view: CustomerView, key: string, details: ResolutionDetails<unknown>): Kept;
}

/**
 * A view is as it is for one release and one day; only where that release came from can be told differently later. With more
 * than `most` answers all are let go: those asked for most are soon there again.
 */
export function keepAnswers(most: number): KeptAnswers {
  let answers = new WeakMap<CustomerView, Map<string, Kept>>();
  let count = 0;
  return {
    find(view, key) {
      const kept = answers.get(view)?.get(key);
      return kept && kept.details.flagMetadata?.origin === view.freshness.source ? kept : undefined;
    },
    keep(view, key, details) {
      const kept: Kept = { details, promise: Promise.resolve(details) };
      if (count >= most) {
        answers = new WeakMap();
        count = 0;
      }
      const own = answers.get(view) ?? new Map<string, Kept>();
      answers.set(view, own.set(key, kept));
      count += 1;
      return kept;
    },
  };
}
