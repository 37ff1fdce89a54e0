/** What a product installs: read the terms in force, by customer or by account. */
export type { Change, Ending, Part } from './client/changes.ts';
export type { CustomerView, Explanation } from './client/customer-view.ts';
export type { Freshness, Origin } from './client/freshness.ts';
export { type OpenOptions, openTerms } from './client/open-terms.ts';
export type { Quantities } from './client/quantities.ts';
export type { Account, LazyReader, LazyTerms, Reader, ReleaseName, Terms } from './client/terms.ts';
export { TermsError } from './client/terms-error.ts';
export { SnapshotError } from './snapshot/object.ts';
export { type ReadStore, StoreError } from './stores/store.ts';
export type { AskedDetail } from './terms/asked-details.ts';
export type { Permission, User } from './terms/may.ts';
export type { Rules } from './terms/rules.ts';
export type { Access, Day, Layer, Stage, Value } from './terms/timeline.ts';
