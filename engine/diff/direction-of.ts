import { compareFavour } from '../../runtime/terms/favour.ts';
import type { Stage, Value } from '../../runtime/terms/timeline.ts';
import type { Setting } from '../../schemas/setting.ts';
import { isTree } from '../compile/terms-tree.ts';
import type { World } from '../model.ts';
import type { Run } from './compare-timelines.ts';
import type { Direction } from './diff.ts';
import type { Leaves } from './flatten-segment.ts';

/** Whether a difference is a gain or a loss in the customer's eyes; neutral where nobody can tell. */
export function directionOf(run: Run, base: World, head: World): Direction {
  const [area, ...rest] = run.path.split('.');
  if (area === 'plan') return towards(rankOf(run.to, head) - rankOf(run.from, base));
  if (area === 'stage') return towards(seriousness(run.from) - seriousness(run.to));
  if (area === 'settings') return ofSetting(run, base.settings[rest[0] ?? ''], head.settings[rest[0] ?? '']);
  if (area === 'access') return ofAccess(run);
  return towards(goodness(run.path, run.after, head) - goodness(run.path, run.before, base));
}

/** What cannot be compared is NaN, and neutral. */
const towards = (gain: number): Direction => (gain > 0 ? 'gives' : gain < 0 ? 'takes' : 'neutral');

const rankOf = (plan: unknown, { plans }: World): number => plans.get(String(plan))?.data.rank ?? Number.NaN;

const serious: readonly Stage[] = ['grace', 'pastDue', 'suspended', 'lapsed', 'closed'];

/** A trial, a pilot and a running contract are equally good; nobody there is neither. */
const seriousness = (stage: unknown): number => (stage === null ? Number.NaN : serious.indexOf(stage as Stage) + 1);

/** A setting that a side does not know is worth its day-one default. */
function ofSetting({ from, to }: Run, before: Setting | undefined, after: Setting | undefined): Direction {
  const setting = after ?? before;
  if (!setting || (before && after && before.kind !== after.kind)) return 'neutral';
  return towards(compareFavour(setting, (to ?? setting.default) as Value, (from ?? setting.default) as Value) ?? 0);
}

/** A rule tightens; a role or a permission gives. */
function ofAccess({ path, from, to }: Run): Direction {
  const isRule = path.startsWith('access.rules.');
  if (isRule || typeof from === 'boolean' || typeof to === 'boolean') {
    if (from !== null && to !== null) return 'neutral';
    return (from === null) === isRule ? 'takes' : 'gives';
  }
  const [before, after] = [listed(from), listed(to)];
  const [isMore, isLess] = [before.every((item) => after.includes(item)), after.every((item) => before.includes(item))];
  return isMore === isLess ? 'neutral' : isMore ? 'gives' : 'takes';
}

const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const amount = (value: unknown): number => (value === undefined ? 0 : Number(value));
const sum = (items: unknown, key: string): number =>
  listed(items).reduce<number>((total, item) => total + amount(isTree(item) ? item[key] : undefined), 0);

/** How good a term is for the customer: only the difference of two of one path means anything. */
function goodness(path: string, leaves: Leaves, { plans }: World): number {
  const value = leaves.get(path);
  switch (path) {
    case 'terms.billing.paymentTerms':
      return value === undefined ? 0 : Number(String(value).replace('net', '').replace('dueOnReceipt', '0'));
    case 'terms.billing.discount.percent':
    case 'terms.billing.discount.amount':
      return isOtherDiscount(path, leaves) ? Number.NaN : amount(value);
    case 'terms.billing.credits':
      return sum(value, 'amount');
    case 'terms.support.slaCredits':
      return sum(value, 'percent');
    case 'terms.contract.promises':
      return listed(value).length;
    case 'terms.contract.renewal.maxIncreasePercent':
      return value === undefined ? Number.MIN_SAFE_INTEGER : -Number(value);
  }
  if (path.startsWith('terms.billing.unitPrices.')) {
    const list = plans.get(String(leaves.get('plan')))?.data.price.units?.[path.split('.')[3] ?? ''];
    return -Number(value ?? list?.amount);
  }
  if (path.startsWith('terms.support.firstResponseHours')) return -hoursFor(path, leaves);
  return Number.NaN;
}

/** A percentage and an amount cannot be compared. */
const isOtherDiscount = (path: string, leaves: Leaves): boolean =>
  leaves.has(path.endsWith('percent') ? path.replace(/percent$/, 'amount') : path.replace(/amount$/, 'percent'));

/** One number counts for every severity; no promise at all is the longest wait. */
function hoursFor(path: string, leaves: Leaves): number {
  const whole = 'terms.support.firstResponseHours';
  const isApart = path === whole && [...leaves.keys()].some((other) => other.startsWith(`${whole}.`));
  return isApart ? Number.NaN : Number(leaves.get(path) ?? leaves.get(whole) ?? Number.MAX_SAFE_INTEGER);
}
