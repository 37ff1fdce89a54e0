import type { Settings } from '../../schemas/setting.ts';
import { onDay } from '../terms/at.ts';
import type { Day } from '../terms/timeline.ts';
import type { CustomerView } from './customer-view.ts';
import { type FollowedPlan, followPlan, leavesBy, plansUpTo, segmentsOf } from './follow-plan.ts';
import type { Freshness } from './freshness.ts';
import { type Leaf, timelineOf } from './leaf.ts';
import type { Found, OpenRelease } from './open-release.ts';
import { boughtIn, checkBought, leftOpen, plansSelling } from './quantities.ts';
import type { Account } from './terms.ts';
import { TermsError } from './terms-error.ts';
import { type Ground, groundOf, viewOn } from './view-on.ts';

/** One release on one day, as fresh as it was when the day began or its data became too old. */
export interface Moment<F extends Found = Found> {
  release: OpenRelease<F>;
  day: Day;
  isStale: boolean;
  freshness: Freshness;
}

const grounds = new WeakMap<Moment, Ground>();

function groundAt(moment: Moment): Ground {
  const { release, freshness, day, isStale } = moment;
  const ground = grounds.get(moment) ?? groundOf(release, freshness, day, isStale);
  grounds.set(moment, ground);
  return ground;
}

/** A customer that has a file. */
export const viewCustomer = <S extends Settings>(moment: Moment, leaf: Leaf): CustomerView<S> =>
  viewOn<S>(groundAt(moment), leaf);

/** An account, with its file where it has one. @throws TermsError as `Reader.account` says */
export function viewAccount<S extends Settings>(
  moment: Moment,
  leaf: Leaf | undefined,
  { account, plan, quantities = {} }: Account<S>,
): CustomerView<S> {
  const { release, day } = moment;
  const { settings } = release;
  const bought = boughtIn(quantities);
  if (leaf) {
    const timeline = timelineOf(leaf);
    const plans = plansSelling(release.plan, timeline, bought);
    const selling = plansUpTo(release.plan, timeline, plans, day);
    if (selling.length > 0) checkBought(selling, settings, leftOpen(onDay(timeline, day), bought));
    const said = plan === undefined ? undefined : known(release, plan);
    return viewOn<S>(groundAt(moment), leaf, { bought, plans, said });
  }
  if (plan === undefined) throw new TermsError('planMissing', `${account} has no file; say its plan`);
  const followed = followPlan(release.plan, plan);
  checkBought(leavesBy(followed, day), settings, bought);
  const own = { customer: account, segments: segmentsOf(followed, settings, bought) };
  return viewOn<S>(groundAt(moment), own, { given: plan });
}

/** A plan that only the caller may know: it is compared, and not read from. */
function known(release: OpenRelease, given: string): FollowedPlan {
  try {
    return followPlan(release.plan, given);
  } catch (error) {
    if (error instanceof TermsError && error.code === 'unknownPlan') return { given, leaves: new Map() };
    throw error;
  }
}
