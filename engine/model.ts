/** A repository that has been read: every well-formed file by its id. Values only; nothing here does I/O. */
import type { Approvals, Approvers, Checks } from '../schemas/approvals.ts';
import type { Customer } from '../schemas/customer.ts';
import type { Plan } from '../schemas/plan.ts';
import type { Lifecycle, Menu, Onboarding, Publish, Roles } from '../schemas/policies.ts';
import type { Scan } from '../schemas/scan.ts';
import type { Settings } from '../schemas/setting.ts';
import type { Document } from './document.ts';

/** One file: what it says, and where it says it. */
export interface Entry<T> {
  /** `acme`, `studio@2`, or the policy's name. */
  id: string;
  data: T;
  document: Document;
  /** git's blob id. */
  oid: string;
}

/** What every customer is compiled against. A missing policy file is an empty policy. */
export interface World {
  settings: Settings;
  plans: ReadonlyMap<string, Entry<Plan>>;
  menu?: Entry<Menu>;
  lifecycle?: Entry<Lifecycle>;
  roles?: Entry<Roles>;
  onboarding?: Entry<Onboarding>;
  publish?: Entry<Publish>;
  approvals?: Entry<Approvals>;
  approvers?: Entry<Approvers>;
  checks?: Entry<Checks>;
  scan?: Entry<Scan>;
  /** Paths of plans and policies that are there and could not be read: nobody is blamed for naming what they hold. */
  unread: ReadonlySet<string>;
  /** Digest of everything above that a timeline depends on: the second half of a timeline's cache key. */
  digest: string;
}

export interface Model {
  world: World;
  customers: ReadonlyMap<string, Entry<Customer>>;
}
