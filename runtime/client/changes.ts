import type { Settings } from '../../schemas/setting.ts';
import type { Day } from '../terms/timeline.ts';
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

/** A contract, trial, add-on or exception that ends soon. */
export interface Ending<S extends Settings = Settings> {
  customer: string;
  /** A trial, whether it is the stage or adds to a plan that is paid for; an exception, whether it sets, rules or promises. */
  kind: 'contract' | 'trial' | 'addOn' | 'exception';
  /** Of the contract, add-on or exception; of a trial its kind, `trial` or `pilot`. A contract that renews itself does not end. */
  id: string;
  /** The last day included; of an exception that goes with its contract, or with a change of plan, the last one it counts. */
  until: Day;
  /** Days from today until then; 0 is today. */
  days: number;
  /** What it gives or takes; of an exception that only rules who may do what, or only promises, none. */
  settings: readonly (keyof S & string)[];
}
