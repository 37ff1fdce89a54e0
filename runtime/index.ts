/** What a product installs: read the terms in force, by customer or by account. */
export type { CustomerView } from './client/customer-view.ts';
export { type Account, type OpenOptions, openTerms, type Terms } from './client/open-terms.ts';
export type { Quantities } from './client/quantities.ts';
export { TermsError } from './client/terms-error.ts';
export { SnapshotError } from './snapshot/object.ts';
export { type ReadStore, StoreError } from './stores/store.ts';
export type { Access, Day, Layer, Stage, Value } from './terms/timeline.ts';
