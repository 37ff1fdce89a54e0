/** What a simulation is asked and what it answers. */
import type { Access, Day, Stage, Terms, Value } from '../../runtime/terms/timeline.ts';
import type { OverCap } from '../../schemas/setting.ts';
import type { Origin } from '../explain.ts';

/** What is supposed to happen to a customer. */
export interface Supposed {
  /** The first day it counts. */
  at: Day;
  plan?: string | undefined;
  /** Totals, as in a customer's file; needs no plan. */
  quantities?: Readonly<Record<string, number>> | undefined;
  stage?: Stage | undefined;
  /** The day a status began, where that is not `at`: unpaid since then, and read on `at`. */
  since?: Day | undefined;
  event?: 'upgrade' | 'downgrade' | 'lapse' | undefined;
}

/** What comes to pass, whatever brought it; `none`: the plan's rank does not change and nothing lapses. */
export type SimulatedEvent = 'upgrade' | 'downgrade' | 'lapse' | 'none';

export interface SimulatedSetting {
  before: Value;
  after: Value;
  /** Where the value after comes from. */
  origin: Origin;
}

export interface SimulatedException {
  id: string;
  /** `ask`: the file must say keep or drop before this can be merged. */
  outcome: 'kept' | 'dropped' | 'ask';
  /** In words, for people. */
  why: string;
}

/** A limit that the use there is would exceed. */
export interface OverLimit {
  setting: string;
  cap: number;
  usage: number;
  /** What the setting says happens then; null where it says nothing. */
  then: OverCap | null;
}

/** A customer on the day before and on the day it happens. */
export interface Simulation {
  customer: string;
  name: string;
  event: SimulatedEvent;
  at: Day;
  plan: { before: string; after: string };
  stage: { before: Stage; after: Stage };
  /** The trial that only added the day before, goes on, and is the stage now; `until` is its last day. */
  fullTrial?: { kind: 'trial' | 'pilot'; plan: string; until: Day };
  /** Every setting of the catalogue. */
  settings: Record<string, SimulatedSetting>;
  /** Those in force on the day before. */
  exceptions: SimulatedException[];
  overCap: OverLimit[];
  terms: { before: Terms; after: Terms };
  access: { before: Access; after: Access };
  /** What would be written into the file, in words and data. */
  written: string[];
  /** Stages that follow by themselves. */
  later: { from: Day; plan: string; stage: Stage }[];
}

/** Use by setting, for one customer. */
export type Usage = Readonly<Record<string, number>>;
