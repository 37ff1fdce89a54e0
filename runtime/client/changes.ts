import type { Settings } from '../../schemas/setting.ts';
import type { Day, Layer } from '../terms/timeline.ts';
import type { CustomerView } from './customer-view.ts';

/** What of a customer can become another. */
export type Part = 'settings' | 'plan' | 'stage' | 'terms' | 'access';

/** A customer before and after; absent where it is not there. */
export interface Change<S extends Settings = Settings> {
  customer: string;
  cause: 'release' | 'time' | 'stale';
  parts: readonly Part[];
  /** The settings whose value is another. */
  settings: readonly (keyof S & string)[];
  before?: CustomerView<S>;
  after?: CustomerView<S>;
}

/** Something that gives a customer settings and ends soon. */
export interface Ending<S extends Settings = Settings> {
  customer: string;
  kind: Layer['kind'] | 'contract' | 'trial';
  /** Of the contract, add-on or exception; of a trial its stage, `trial` or `pilot`. A contract that renews itself does not end. */
  id: string;
  /** The last day included. */
  until: Day;
  /** Days from today until then; 0 is today. */
  days: number;
  /** What it gives or takes. */
  settings: readonly (keyof S & string)[];
}
