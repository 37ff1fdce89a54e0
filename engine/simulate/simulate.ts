import { onDay } from '../../runtime/terms/at.ts';
import { previousDay } from '../../runtime/terms/days.ts';
import { fold } from '../../runtime/terms/fold.ts';
import type { Day, Segment, Timeline } from '../../runtime/terms/timeline.ts';
import type { Customer } from '../../schemas/customer.ts';
import { type CompiledCustomer, compileCustomer } from '../compile/compile-customer.ts';
import type { PreparedWorld } from '../compile/prepare-world.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { explainCustomer } from '../explain.ts';
import type { Entry } from '../model.ts';
import type { Hypothesis } from './hypothesis.ts';
import { overLimits } from './over-limits.ts';
import { isAsking, simulatedExceptions } from './simulated-exceptions.ts';
import type { SimulatedEvent, Simulation, Supposed, Usage } from './simulation.ts';
import { suppose } from './suppose.ts';

export interface Simulated {
  /** Absent when the file cannot be compiled. */
  simulation?: Simulation;
  /** What is wrong with the file as it is and, beyond that, with the one that was supposed. */
  diagnostics: readonly Diagnostic[];
}

/**
 * What would become of a customer: the file as it would read is compiled like any other, and its day is compared with
 * the day before in the file as it is. Throws `UsageError` for what cannot happen to this customer.
 */
export function simulate(
  entry: Entry<Customer>,
  supposed: Supposed,
  world: PreparedWorld,
  usage?: Usage,
  now: CompiledCustomer = compileCustomer(entry, world),
): Simulated {
  if (!now.timeline) return { diagnostics: now.diagnostics };
  const hypothesis = suppose(entry.data, now.timeline, supposed, world);
  const then = compileCustomer({ ...entry, data: hypothesis.customer }, world);
  const diagnostics = [...now.diagnostics, ...newFaults(now, then)];
  if (!then.timeline) return { diagnostics };
  return {
    simulation: compare(entry, { ...now, timeline: now.timeline }, { ...then, timeline: then.timeline }, hypothesis, {
      at: supposed.at,
      world,
      usage,
    }),
    diagnostics,
  };
}

const waiting: ReadonlySet<string> = new Set(['no-contract', 'add-on-never-counts']);

/** What the supposed records add to what is wrong; a question is an answer of the simulation, so it stops nobody. */
function newFaults(now: CompiledCustomer, then: CompiledCustomer): Diagnostic[] {
  const known = new Set(now.diagnostics.map(faultKey));
  return then.diagnostics
    .filter((fault) => !known.has(faultKey(fault)))
    .map((fault) => {
      // What waits for a contract that is supposed not to come is no fault of its record.
      if (waiting.has(fault.rule)) return { ...fault, severity: 'note' as const };
      if (!isAsking(fault)) return fault;
      const { related: _, ...question } = fault;
      return { ...question, severity: 'warning' as const };
    });
}

const faultKey = ({ rule, message, at }: Diagnostic): string =>
  `${rule} ${at.start.line}:${at.start.column} ${message}`;

type Followed = CompiledCustomer & { timeline: Timeline };

function compare(
  entry: Entry<Customer>,
  now: Followed,
  then: Followed,
  { customer, written }: Hypothesis,
  { at, world, usage }: { at: Day; world: PreparedWorld; usage: Usage | undefined },
): Simulation {
  const eve = previousDay(at);
  const [before, after] = [onDay(now.timeline, eve), onDay(then.timeline, at)];
  const was = fold(world.settings, before.layers);
  const trial = isTried(after) && !isTried(before) ? runningTrial(customer, eve, at) : undefined;
  const { settings } = explainCustomer({ ...entry, data: customer }, then, world.world, at);
  return {
    customer: entry.id,
    name: entry.data.name,
    event: eventOf(before, after, world),
    at,
    plan: { before: before.plan, after: after.plan },
    stage: { before: before.stage, after: after.stage },
    ...(trial && { fullTrial: { kind: trial.kind, plan: trial.plan, until: trial.ends } }),
    settings: Object.fromEntries(
      Object.entries(settings).map(([key, { value, origin }]) => [
        key,
        { before: was[key] as typeof value, after: value, origin },
      ]),
    ),
    exceptions: simulatedExceptions(now, then, entry.document, { eve, at }),
    overCap: overLimits(world.settings, fold(world.settings, after.layers), usage),
    terms: { before: before.terms, after: after.terms },
    access: { before: before.access, after: after.access },
    written,
    later: stagesAfter(at, after, then.timeline),
  };
}

const runningTrial = ({ trials = [] }: Customer, eve: Day, at: Day) =>
  trials.find(({ starts, ends }) => starts <= eve && at <= ends);

const isOver = ({ stage }: Segment): boolean => stage === 'lapsed' || stage === 'closed';
const isTried = ({ stage }: Segment): boolean => stage === 'trial' || stage === 'pilot';

function eventOf(before: Segment, after: Segment, world: PreparedWorld): SimulatedEvent {
  const trialLapses = isTried(before) && !isTried(after) && after.terms.contract === null;
  const rank = ({ plan }: Segment) => world.plans.get(plan)?.rank ?? 0;
  if ((isOver(after) && !isOver(before)) || (trialLapses && rank(after) <= rank(before))) return 'lapse';
  return rank(after) > rank(before) ? 'upgrade' : rank(after) < rank(before) ? 'downgrade' : 'none';
}

/** Every later day on which the plan or the stage changes by what is written already. */
function stagesAfter(at: Day, now: Segment, { segments }: Timeline): Simulation['later'] {
  let last: { plan: string; stage: string } = now;
  return segments.flatMap(({ from, plan, stage }) => {
    if (from === null || from <= at || (plan === last.plan && stage === last.stage)) return [];
    last = { plan, stage };
    return [{ from, plan, stage }];
  });
}
