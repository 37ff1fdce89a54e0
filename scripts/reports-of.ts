import { UsageError } from '../engine/usage-error.ts';
import type { ClientReports, ReadStore } from '../runtime/stores/store.ts';

/** Where clients report to. @throws UsageError where the store takes no reports. */
export function reportsOf({ reports }: ReadStore): ClientReports {
  if (reports) return reports;
  throw new UsageError('this store takes no reports of clients');
}
