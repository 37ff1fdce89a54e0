import { nextDay, sinceEver } from '../../runtime/terms/days.ts';
import type { Day, Segment, Timeline } from '../../runtime/terms/timeline.ts';
import type { Customer, Status } from '../../schemas/customer.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Entry } from '../model.ts';
import { accountCourse } from './account-course.ts';
import { checkTogether, countingAddOns } from './add-ons.ts';
import { checkCustomer } from './check-customer.ts';
import { contractCourses, type TermsLayer } from './contract-course.ts';
import { applyEvent, eventAt, type Stretched, stretchOf } from './events.ts';
import { type ExceptionCourse, exceptionCourses } from './exception-course.ts';
import { faultsOf } from './fault.ts';
import { groundOf } from './ground.ts';
import { startHolds } from './holds.ts';
import { byDates, lapsedPurchase, lastFrom, type Moment, moreSerious, trialOn } from './moment.ts';
import type { PreparedWorld } from './prepare-world.ts';
import { checkActive, type Source, sourcesOf, taken } from './sources.ts';
import { checkStatuses, lastDayOf, stageOf, statusDays } from './status-course.ts';
import { accessOn, checkPromises, termsFrom, termsLayersOn } from './terms-on.ts';
import { leavingDays } from './terms-tree.ts';

export interface CompiledCustomer {
  /** Absent when the file refers to something that is not there. */
  timeline?: Timeline;
  /** Every exception that takes effect, and what became of it. */
  exceptions: readonly ExceptionCourse[];
  /** The layers of terms on a day, for those who ask where a term comes from. */
  termsLayersOn?(day: Day): readonly TermsLayer[];
  diagnostics: readonly Diagnostic[];
}

/**
 * Compiles one customer's file into its timeline: everything that will happen to it, without a gap.
 * Pure: a function of the file and the prepared world. Faults are reported with the day that shows them.
 */
export function compileCustomer(entry: Entry<Customer>, world: PreparedWorld): CompiledCustomer {
  const customer = entry.data;
  const { report, diagnostics } = faultsOf(entry);
  if (!checkCustomer(customer, world, report)) return { exceptions: [], diagnostics };

  const account = accountCourse(customer, world, report);
  const courses = contractCourses(customer.contracts ?? [], world, report);
  const ground = groundOf(courses, customer.amendments ?? [], world.lifecycle);
  const exceptions = exceptionCourses(customer.exceptions ?? [], ground, report);
  const statuses = customer.statuses ?? [];
  const addOns = customer.addOns ?? [];
  checkStatuses(statuses, report);

  const holds = startHolds(world);
  const methods = new Map<Status, unknown>();
  const counted = new Set<number>();
  const segments: Segment[] = [];
  let before: Stretched | undefined;

  for (const day of [sinceEver, ...boundaries()]) {
    const moment = momentOn(day);
    const now: Stretched = { ...moment, stretch: stretchOf(moment, before, world) };
    if (before) applyEvent(eventAt(before, now, world), now, exceptions, customer, report);
    segments.push(segmentOn(now));
    before = now;
  }
  addOns.forEach((addOn, index) => {
    if (!counted.has(index))
      report(['addOns', index], 'add-on-never-counts', `${addOn.id} never counts: it is not sold with a plan the customer has while it runs, or what it depends on does not count`, {
        help: 'check its dates, the plans the menu sells it with, and `dependsOn`; or remove it',
      });
  });
  const timeline: Timeline = {
    customer: entry.id,
    ...(customer.account && { account: customer.account }),
    segments: mergeEqual(segments),
  };
  return { timeline, exceptions, diagnostics, termsLayersOn: layersOn };

  function layersOn(day: Day): readonly TermsLayer[] {
    const now = momentOn(day);
    return termsLayersOn(now, countingAddOns(addOns, now.agreed.plan, day, world), exceptions, world);
  }

  /** Every day on which something may change, in order. */
  function boundaries(): Day[] {
    const ends: Day[] = [];
    const starts: Day[] = [];
    for (const trial of customer.trials ?? []) {
      starts.push(trial.starts);
      ends.push(trial.ends, ...leavingDays(trial.billing));
    }
    for (const addOn of addOns) {
      if (addOn.starts) starts.push(addOn.starts);
      if (addOn.ends) ends.push(addOn.ends);
      ends.push(...leavingDays(world.addOns.get(addOn.id)?.terms?.billing));
    }
    for (const course of exceptions) {
      starts.push(course.starts);
      ends.push(course.lastDay);
      if (course.exception.decision === 'promise') ends.push(...leavingDays(course.exception.terms.billing));
    }
    for (const state of [...account, ...courses.flatMap((course) => course.states)])
      for (const layer of state.layers) ends.push(...leavingDays(layer.billing));
    for (const plan of world.plans.values()) ends.push(...leavingDays(plan.standardTerms.billing));
    const days = new Set([
      ...account.map(({ from }) => from),
      ...ground.map(({ from }) => from),
      ...courses.flatMap((course) => course.states.map(({ from }) => from)),
      ...statusDays(statuses, world.lifecycle),
      ...starts,
      ...ends.filter((day) => day < '9999').map(nextDay),
    ]);
    days.delete(sinceEver);
    return [...days].sort();
  }

  function momentOn(day: Day): Moment {
    const here = lastFrom(ground, day) as Moment['ground'];
    const state = lastFrom(account, day) as Moment['account'];
    const contract = here.contract && lastFrom(here.contract.states, day);
    const trial = trialOn(customer, day, here, state, world);
    const { stage: dateStage, purchase: agreed } = byDates(here, state, contract, trial, world);
    const status = statuses.find((candidate) => candidate.since <= day && day <= lastDayOf(candidate));
    const dated = { day, account: state, contract, trial, agreed };
    if (status && !methods.has(status)) {
      const inForce = countingAddOns(addOns, agreed.plan, day, world);
      methods.set(status, termsFrom(termsLayersOn(dated, inForce, exceptions, world), day).billing.method);
    }
    const statusStage = status && stageOf(status, day, world.lifecycle, world.lifecycle.pastDueDays(methods.get(status)));
    const stage = moreSerious(dateStage, statusStage);
    const purchase = statusStage === 'lapsed' ? lapsedPurchase(state, world) : agreed;
    return { ...dated, ground: here, status, dateStage, statusStage, stage, purchase };
  }

  function segmentOn(now: Moment): Segment {
    const counting = countingAddOns(addOns, now.purchase.plan, now.day, world);
    const agreedAddOns =
      now.purchase === now.agreed ? counting : countingAddOns(addOns, now.agreed.plan, now.day, world);
    for (const { index } of [...counting, ...agreedAddOns]) counted.add(index);
    checkTogether(counting, now.day, report);
    checkActive(exceptions, now.day, report);
    checkPromises(now, exceptions, report);

    const sources = sourcesOf(now, counting, exceptions, world);
    const held = holds.holdOn(now.day, sources);
    const open = openToCaller(now, sources);
    return {
      from: now.day === sinceEver ? null : now.day,
      plan: now.purchase.plan,
      stage: now.stage,
      layers: [...sources.map(({ layer }) => layer), ...held, ...lateStages(now).map(({ layer }) => layer)],
      terms: {
        ...termsFrom(termsLayersOn(now, agreedAddOns, exceptions, world), now.day),
        contract: now.contract && !now.trial?.full ? now.contract.terms : null,
      },
      access: accessOn(customer, now.day, exceptions),
      ...(open.length > 0 && { open }),
    };
  }

  /** What stages other than trial and pilot take, the date's and the status's. */
  function lateStages(now: Moment): Source[] {
    const late = new Set([now.dateStage, now.statusStage]);
    return [...late].flatMap((stage) =>
      stage === undefined || stage === 'trial' || stage === 'pilot' ? [] : taken(stage, world),
    );
  }

  /** On the base plan, the caller's own quantities count where the file says nothing of them. */
  function openToCaller(now: Moment, sources: readonly Source[]): string[] {
    if (now.purchase !== now.account.purchase) return [];
    const isSaid = (key: string) =>
      now.account.purchase.quantities.has(key) ||
      sources.some(({ layer }) => layer.kind === 'exception' && layer.set !== undefined && Object.hasOwn(layer.set, key));
    return Object.keys(world.plans.get(now.purchase.plan)?.units ?? {}).filter((key) => !isSaid(key));
  }
}

/** Equal neighbours are one segment: a boundary is a day on which something changes. */
function mergeEqual(segments: readonly Segment[]): Segment[] {
  const merged: Segment[] = [];
  let last: string | undefined;
  for (const segment of segments) {
    const { from: _, ...rest } = segment;
    const text = JSON.stringify(rest);
    if (text !== last) merged.push(segment);
    last = text;
  }
  return merged;
}

