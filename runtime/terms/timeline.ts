import type { Amount } from '../../schemas/setting.ts';

/** A calendar day, UTC, `YYYY-MM-DD`; days compare as text. */
export type Day = string;

/** A setting's value as it is published. */
export type Value = boolean | Amount | string | readonly string[];
export type Values = Readonly<Record<string, Value>>;

/** The order is the seriousness: of two stages at once, the later one is shown. */
export const stages = ['trial', 'pilot', 'active', 'grace', 'pastDue', 'suspended', 'lapsed', 'closed'] as const;
export type Stage = (typeof stages)[number];

export type LayerKind = 'plan' | 'quantity' | 'addOn' | 'exception' | 'stage';

/**
 * One source of values; a customer's settings on a day are its layers folded in order.
 * A layer sets, adds to, or takes from (never gives) the settings it names.
 */
export interface Layer {
  kind: LayerKind;
  /** The plan (`studio@2`), contract, trial, add-on, exception or stage it comes from. */
  id: string;
  set?: Values;
  add?: Readonly<Record<string, number>>;
  take?: Values;
  /** JSON pointer into the customer's file; absent where the plan or policy file says it. */
  at?: string;
  /** Of what a trial adds to the plan a customer has, as a plan or a quantity: the kind of trial. */
  trial?: 'trial' | 'pilot';
  /** The last day included, where the record that gives it states one: not for a plan the customer is on. */
  until?: Day;
  /** The layer ended on the day before; its values are held until something new names them. */
  heldSince?: Day;
}

export type TermsTree = { readonly [key: string]: unknown };

export interface ContractTerms {
  id: string;
  signed?: Day;
  starts: Day;
  ends?: Day;
  renewal?: TermsTree;
  promises?: readonly TermsTree[];
}

export interface Terms {
  billing: TermsTree;
  support: TermsTree;
  contract: ContractTerms | null;
}

export interface AccessGroup {
  name: string;
  roles?: readonly string[];
  may?: readonly string[];
}

/** Tightens an action: only these roles, or approval by that one; for one group or for all. */
export interface AccessRule {
  action: string;
  group?: string;
  approver?: string;
  only?: readonly string[];
  exception: string;
}

export interface Access {
  groups: readonly AccessGroup[];
  rules: readonly AccessRule[];
}

export interface Segment {
  /** The first day it holds; null: since ever. */
  from: Day | null;
  plan: string;
  stage: Stage;
  layers: readonly Layer[];
  /** The `promise` exceptions in force: their terms are folded into `terms`, which does not say where they come from. */
  promised?: readonly string[];
  terms: Terms;
  access: Access;
  /** Settings whose quantity an account may bring itself: the base plan sells them and the file says nothing. */
  open?: readonly string[];
}

/** Everything that will happen to a customer, without a gap; the first segment has no start. */
export interface Timeline {
  customer: string;
  /** The product's own id, where it is not the file's name. */
  account?: string;
  segments: readonly Segment[];
}

/** A compiled plan version: enough to fold an account that has no file. */
export interface PlanLeaf {
  plan: string;
  name: string;
  rank: number;
  free: boolean;
  sold: boolean;
  settings: Values;
  /** Settings sold by the unit, with the least and most one may buy. */
  units: Readonly<Record<string, { min?: number; max?: number }>>;
  standardTerms: { billing?: TermsTree; support?: TermsTree };
  /** Who has it as base plan has the other one from that day on. */
  becomes?: { plan: string; on: Day };
}
