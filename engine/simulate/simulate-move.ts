import { onDay } from '../../runtime/terms/at.ts';
import { compareFavour, sameValue } from '../../runtime/terms/favour.ts';
import type { Day } from '../../runtime/terms/timeline.ts';
import type { Setting } from '../../schemas/setting.ts';
import { compileCustomer } from '../compile/compile-customer.ts';
import { prepareWorld } from '../compile/prepare-world.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Model } from '../model.ts';
import { simulate } from './simulate.ts';
import type { OverLimit, Simulation, Usage } from './simulation.ts';

/** For how many customers a setting gets better, worse, or neither. */
export interface MovedSetting {
  gives: number;
  takes: number;
  /** Changes of settings that have no order. */
  changes: number;
}

/** What moving everybody from one plan version to another would do. */
export interface Move {
  from: string;
  plan: string;
  at: Day;
  /** Ids of those with a file who have the plan on that day and are not closed. */
  customers: string[];
  /** Settings that change for somebody. */
  settings: Record<string, MovedSetting>;
  /** Ids of those for whom a setting gets worse, by setting. */
  losers: Record<string, string[]>;
  exceptions: { kept: number; dropped: number; ask: { customer: string; id: string }[] };
  overCap: (OverLimit & { customer: string })[];
}

/** Simulates the change of plan for every customer who has it on that day, each by its own file. */
export function simulateMove(
  model: Model,
  { from, plan, at }: { from: string; plan: string; at: Day },
  usageOf: (customer: string) => Usage | undefined,
): { move: Move; diagnostics: Diagnostic[] } {
  const world = prepareWorld(model.world);
  const move: Move = {
    from,
    plan,
    at,
    customers: [],
    settings: {},
    losers: {},
    exceptions: { kept: 0, dropped: 0, ask: [] },
    overCap: [],
  };
  const diagnostics: Diagnostic[] = [];
  for (const [id, entry] of [...model.customers].sort(byId)) {
    const now = compileCustomer(entry, world);
    const today = now.timeline && onDay(now.timeline, at);
    if (today && (today.plan !== from || today.stage === 'closed')) continue;
    const { simulation, diagnostics: found } = simulate(entry, { at, plan }, world, usageOf(id), now);
    diagnostics.push(...found);
    if (!simulation) continue;
    move.customers.push(id);
    count(move, simulation, model.world.settings);
  }
  const order = Object.keys(model.world.settings);
  const inOrder = <T>(bySetting: Record<string, T>): Record<string, T> =>
    Object.fromEntries(Object.entries(bySetting).sort(([one], [other]) => order.indexOf(one) - order.indexOf(other)));
  move.settings = inOrder(move.settings);
  move.losers = inOrder(move.losers);
  return { move, diagnostics };
}

const byId = ([one]: [string, unknown], [other]: [string, unknown]): number => (one < other ? -1 : 1);

function count(move: Move, simulation: Simulation, settings: Readonly<Record<string, Setting>>): void {
  const { customer, exceptions, overCap } = simulation;
  for (const [key, { before, after }] of Object.entries(simulation.settings)) {
    const setting = settings[key];
    if (!setting || sameValue(before, after)) continue;
    const order = compareFavour(setting, after, before) ?? 0;
    const moved = move.settings[key] ?? { gives: 0, takes: 0, changes: 0 };
    moved[order > 0 ? 'gives' : order < 0 ? 'takes' : 'changes'] += 1;
    move.settings[key] = moved;
    if (order < 0) move.losers[key] = [...(move.losers[key] ?? []), customer];
  }
  for (const { id, outcome } of exceptions) {
    if (outcome === 'ask') move.exceptions.ask.push({ customer, id });
    else move.exceptions[outcome] += 1;
  }
  move.overCap.push(...overCap.map((over) => ({ customer, ...over })));
}
