import { sinceEver } from '../../runtime/terms/days.ts';
import type { Day, Layer, Segment, Terms, Timeline } from '../../runtime/terms/timeline.ts';
import type { Customer, Status } from '../../schemas/customer.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Entry } from '../model.ts';
import { accountCourse } from './account-course.ts';
import { type BoughtAddOn, boughtAddOns, checkTogether, countingAddOns, reportIdle } from './add-ons.ts';
import { boundariesOf } from './boundaries.ts';
import { checkCustomer } from './check-customer.ts';
import { checkStaysOn } from './check-stays-on.ts';
import { contractCourses, type TermsLayer } from './contract-course.ts';
import { applyEvent, eventAt, type Stretched, stretchOf } from './events.ts';
import { type ExceptionCourse, exceptionCourses } from './exception-course.ts';
import { faultsOf } from './fault.ts';
import { groundOf } from './ground.ts';
import { startHolds } from './holds.ts';
import { mergeEqual } from './merge-equal.ts';
import { byDates, lapsedPurchase, lastFrom, type Moment, moreSerious, trialCourses, trialOn } from './moment.ts';
import type { PreparedWorld } from './prepare-world.ts';
import { recordsOf } from './records.ts';
import type { Source } from './source.ts';
import { checkActive, layersOf, sourcesOf } from './sources.ts';
import { checkStatuses, lastDayOf, stageOf } from './status-course.ts';
import { accessOn, checkPromises, promisedOn, startTerms, termsLayersOn } from './terms-on.ts';

export interface CompiledCustomer {
  /** Absent when the file refers to something that is not there. */
  timeline?: Timeline;
  /** Every exception that takes effect, and what became of it. */
  exceptions: readonly ExceptionCourse[];
  /** Everything that says terms on a day, in order: for those who ask where a term comes from. */
  termsLayersOn(day: Day): readonly TermsLayer[];
  diagnostics: readonly Diagnostic[];
}

/**
 * Compiles one customer's file into its timeline: everything that will happen to it, without a gap.
 * Pure: a function of the file and the prepared world. Faults are reported with the day that shows them.
 */
export function compileCustomer(entry: Entry<Customer>, world: PreparedWorld): CompiledCustomer {
  const { timeline, exceptions, diagnostics } = follow(entry, world);
  // Followed again by the few who ask, so that thousands of customers do not keep their whole lives in memory.
  let again: CompiledCustomer | undefined;
  return {
    timeline,
    exceptions,
    diagnostics,
    termsLayersOn(day) {
      again ??= follow(entry, world);
      return again.termsLayersOn(day);
    },
  };
}

/** Follows a customer through every boundary, in order, carrying what has a memory: drops, holds, stretches of trials. */
function follow(entry: Entry<Customer>, world: PreparedWorld): CompiledCustomer {
  const customer = recordsOf(entry.data);
  const { report, diagnostics } = faultsOf(entry);
  if (!checkCustomer(customer, world, report)) return { exceptions: [], diagnostics, termsLayersOn: () => [] };

  const account = accountCourse(customer, world, report);
  checkStaysOn(customer, account, world, report);
  const courses = contractCourses(customer.contracts, world, report);
  const ground = groundOf(courses, customer.amendments, world.lifecycle);
  const exceptions = exceptionCourses(customer.exceptions, ground, report);
  const trials = trialCourses(customer.trials, world, report);
  const addOns = boughtAddOns(customer.addOns, world);
  const { statuses } = customer;
  checkStatuses(statuses, report);

  const holds = startHolds(world);
  const terms = startTerms();
  const methods = new Map<Status, unknown>();
  const counted = new Set<BoughtAddOn>();
  const segments: Segment[] = [];
  let before: Stretched | undefined;

  for (const day of [sinceEver, ...boundariesOf({ customer, account, courses, ground, exceptions }, world)]) {
    const now = momentOn(day);
    now.stretch = stretchOf(now, before, world);
    if (before && exceptions.length > 0) applyEvent(eventAt(before, now, world), now, exceptions, customer, report);
    segments.push(segmentOn(now));
    before = now;
  }
  reportIdle(addOns, counted, report);
  const known = { customer: entry.id, segments: mergeEqual(segments) };
  const timeline: Timeline = customer.account ? { ...known, account: customer.account } : known;
  return { timeline, exceptions, diagnostics, termsLayersOn: (day) => layersOn(momentOn(day)) };

  function momentOn(day: Day): Stretched {
    const here = lastFrom(ground, day) as Moment['ground'];
    const state = lastFrom(account, day) as Moment['account'];
    const contract = here.contract && lastFrom(here.contract.states, day);
    const trial = trialOn(trials, day, here, state, world);
    const { stage: dateStage, purchase: agreed } = byDates(day, here, state, contract, trial, world);
    const status = statuses.find((candidate) => candidate.since <= day && day <= lastDayOf(candidate));
    if (status && !methods.has(status))
      methods.set(status, terms.on(layersOn({ day, account: state, contract, trial, agreed }), day).billing.method);
    const statusStage =
      status && stageOf(status, day, world.lifecycle, world.lifecycle.pastDueDays(methods.get(status)));
    return {
      day,
      ground: here,
      account: state,
      contract,
      trial,
      dateStage,
      statusStage,
      stage: moreSerious(dateStage, statusStage),
      purchase: statusStage === 'lapsed' ? lapsedPurchase(state, day, world) : agreed,
      agreed,
      stretch: undefined,
    };
  }

  function countingWith(plan: string, day: Day): readonly BoughtAddOn[] {
    const counting = countingAddOns(addOns, plan, day);
    for (const addOn of counting) counted.add(addOn);
    return counting;
  }

  /** The agreement is what it would be without a status: add-ons count with the plan the dates give. */
  function layersOn(moment: Pick<Moment, 'day' | 'account' | 'contract' | 'trial' | 'agreed'>): TermsLayer[] {
    return termsLayersOn(moment, countingWith(moment.agreed.plan, moment.day), exceptions, world);
  }

  function segmentOn(now: Moment): Segment {
    const counting = countingWith(now.purchase.plan, now.day);
    checkTogether(counting, now.day, report);
    checkActive(exceptions, now.day, report);
    checkPromises(now, before, exceptions, report);

    const sources = sourcesOf(now, counting, exceptions, world);
    const layers = layersOf(sources);
    const all = [...layers, ...holds.holdOn(now.day, { sources, layers }), ...lateStages(now)];
    const open = openToCaller(now, sources);
    const { plan } = now.purchase;
    const { stage } = now;
    const access = accessOn(customer, now.day, exceptions);
    const from = now.day === sinceEver ? null : now.day;
    const agreed = termsOf(now);
    const segment: Segment =
      open.length > 0
        ? { access, from, layers: all, open, plan, stage, terms: agreed }
        : { access, from, layers: all, plan, stage, terms: agreed };
    const promised = exceptions.length > 0 ? promisedOn(exceptions, now.day) : [];
    return promised.length > 0 ? { ...segment, promised } : segment;
  }

  function termsOf(now: Moment): Terms {
    const { billing, support } = terms.on(layersOn(now), now.day);
    return { billing, contract: now.contract && !now.trial?.full ? now.contract.terms : null, support };
  }

  /** What stages other than trial and pilot take, the date's and the status's. */
  function lateStages({ dateStage, statusStage }: Moment): Layer[] {
    const layers: Layer[] = [];
    for (const stage of dateStage === statusStage ? [dateStage] : [dateStage, statusStage])
      if (stage !== undefined && stage !== 'trial' && stage !== 'pilot') {
        const taken = world.lifecycle.takes[stage];
        if (taken) layers.push(taken.layer);
      }
    return layers;
  }

  /** On the base plan, the caller's own quantities count where the file says nothing of them. */
  function openToCaller(now: Moment, sources: readonly Source[]): string[] {
    if (now.purchase !== now.account.purchase) return [];
    const isSaid = (key: string) =>
      now.account.purchase.quantities.has(key) ||
      sources.some(
        ({ layer }) => layer.kind === 'exception' && layer.set !== undefined && Object.hasOwn(layer.set, key),
      );
    return Object.keys(world.plans.get(now.purchase.plan)?.units ?? {}).filter((key) => !isSaid(key));
  }
}
