import { isDeepStrictEqual } from 'node:util';
import type { Day, Segment } from '../../runtime/terms/timeline.ts';
import type { Menu, MenuAddOn } from '../../schemas/policies.ts';
import { isTree } from '../compile/terms-tree.ts';
import { endOfTerm } from '../edit/months.ts';
import { standardValues, type Worlds } from './bound-of.ts';
import { compareDecimals, decimalOf } from './decimal.ts';
import type { Effect } from './effect.ts';

/**
 * Where a change stands to what may be sold without asking: `menu`, what the menu sells or allows, on every day of the
 * change; `standard`, what the plan, a quantity of it or the lifecycle gives, or that nothing is left; `outside`, all else.
 */
export function menuPlace(effect: Effect, worlds: Worlds): 'menu' | 'standard' | 'outside' {
  const { change } = effect;
  if (change.to === null) return 'standard';
  const [area, part] = change.path.split('.');
  if (area === 'services') return isListedService(part ?? '', change.to, worlds.base.menu?.data) ? 'menu' : 'outside';
  if (area === 'plan') return isSold(String(change.to), worlds) ? 'standard' : 'outside';
  if (area === 'stage' || (area === 'access' && part === 'groups') || (area === 'terms' && part === 'contract'))
    return 'standard';
  const { givers } = effect;
  const addOns = givers.filter(({ kind }) => kind === 'addOn');
  if (addOns.some(({ id }) => !isOnMenu(id, worlds))) return 'outside';
  if (addOns.length > 0 && addOns.length === givers.length) return 'menu';
  if (area === 'terms' && isAllowedTerm(effect, worlds.base.menu?.data)) return 'menu';
  if (givers.length > 0 && givers.every(({ kind }) => standard.has(kind))) return 'standard';
  return area === 'terms' && isStandardTerm(effect, worlds) ? 'standard' : 'outside';
}

const standard: ReadonlySet<string> = new Set(['default', 'plan', 'quantity', 'stage', 'addOn']);

/** As the base sells it: an add-on that this change brings, or changes, is not yet what may be sold without asking. */
function isOnMenu(id: string, { base, head }: Worlds): boolean {
  const [before, after] = [base, head].map(({ menu }) => soldAs(menu?.data, id));
  return before !== undefined && isDeepStrictEqual(before, after);
}

function soldAs(menu: Menu | undefined, id: string): Partial<MenuAddOn> | undefined {
  const addOn = Object.hasOwn(menu?.addOns ?? {}, id) ? menu?.addOns?.[id] : undefined;
  if (!addOn) return undefined;
  const { label: _, description: __, price: ___, ...what } = addOn;
  return what;
}

/** For its price, or for more. */
function isListedService(id: string, price: unknown, menu: Menu | undefined): boolean {
  const listed = Object.hasOwn(menu?.services ?? {}, id) ? decimalOf(menu?.services?.[id]?.price.amount) : undefined;
  const agreed = decimalOf(price);
  return listed !== undefined && agreed !== undefined && compareDecimals(agreed, listed) >= 0;
}

const isSold = (id: string, { base, head }: Worlds): boolean =>
  (base.plans.get(id) ?? head.plans.get(id))?.data.sold !== false;

/** What the plan gives everybody, whoever says it once more. */
function isStandardTerm(effect: Effect, worlds: Worlds): boolean {
  const values = standardValues(effect, worlds);
  return values.length > 0 && values.every((value) => value === effect.change.to);
}

/** Discounts and payment terms have bounds; where an exception promises them, it is no sale from the menu. */
function isAllowedTerm({ change, before, after, since, givers }: Effect, menu: Menu | undefined): boolean {
  if (!after || givers.some(({ kind }) => kind === 'exception')) return false;
  const [, part, word] = change.path.split('.');
  if (part !== 'billing') return false;
  if (word === 'paymentTerms') return menu?.terms?.paymentTerms?.includes(String(change.to)) === true;
  const bounds = menu?.terms?.discount;
  const all = after.compiled.timeline?.segments ?? [];
  if (word !== 'discount' || !bounds) return false;
  const isNew = before?.compiled.timeline?.segments.some(discountIn) !== true;
  return after.segments.every((segment) => isAllowedDiscount(segment, all, isNew ? since : undefined, bounds));
}

type Bounds = NonNullable<NonNullable<Menu['terms']>['discount']>;

/** One that is there since ever counts from `since`, which is the day of the change where the base has no discount. */
function isAllowedDiscount(
  segment: Segment,
  all: readonly Segment[],
  since: Day | undefined,
  { percentUpTo, monthsUpTo }: Bounds,
): boolean {
  const discount = discountIn(segment);
  if (!discount) return true;
  const [percent, most] = [decimalOf(discount.percent), decimalOf(percentUpTo)];
  if (!percent || !most || compareDecimals(percent, most) > 0) return false;
  if (monthsUpTo === undefined) return true;
  const start = firstDayOf(segment, all) ?? since;
  return start !== undefined && typeof discount.until === 'string' && discount.until <= endOfTerm(start, monthsUpTo);
}

const discountIn = ({ terms }: Segment): Readonly<Record<string, unknown>> | undefined =>
  isTree(terms.billing.discount) ? terms.billing.discount : undefined;

/** Since when there has been a discount without a day's break: one that is prolonged for ever is no discount of a year. */
function firstDayOf(segment: Segment, all: readonly Segment[]): Day | undefined {
  let first = segment;
  for (const earlier of all.slice(0, all.indexOf(segment)).reverse()) {
    if (!discountIn(earlier)) break;
    first = earlier;
  }
  return first.from ?? undefined;
}
