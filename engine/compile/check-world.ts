/** The faults of plans and policies among each other, whatever customers use of them. */
import { becoming } from '../../runtime/terms/becoming.ts';
import type { Plan } from '../../schemas/plan.ts';
import { checkApprovals } from '../approve/check-approvals.ts';
import { checkApprovers } from '../approve/check-approvers.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { didYouMean } from '../did-you-mean.ts';
import type { Pointer } from '../document.ts';
import type { Entry, World } from '../model.ts';
import { faultsOf, type ReportFault } from './fault.ts';
import { movableIn } from './movable-in.ts';

/** Reports every fault of the plans, the menu, the lifecycle, the onboarding details and the approvals. */
export function checkWorld(world: World): Diagnostic[] {
  const run = <T>(entry: Entry<T> | undefined, check: (data: T, report: ReportFault) => void): Diagnostic[] => {
    if (!entry) return [];
    const { report, diagnostics } = faultsOf(entry);
    check(entry.data, report);
    return diagnostics;
  };
  return [
    ...[...world.plans.values()].flatMap((plan) =>
      run(plan, (data, report) => {
        checkPlan(data, report);
        checkBecomes(plan.id, data, world, report);
      }),
    ),
    ...run(world.menu, (menu, report) => checkMenu(menu, world, report)),
    ...run(world.lifecycle, (lifecycle, report) => checkLifecycle(lifecycle, world, report)),
    ...run(world.onboarding, (onboarding, report) => checkOnboarding(onboarding, world, report)),
    ...run(world.approvals, (approvals, report) => checkApprovals(approvals, world, report)),
    ...run(world.approvers, (approvers, report) => checkApprovers(approvers, world, report)),
  ];
}

/** A move leads to another plan that is there and sold, and never back. */
function checkBecomes(id: string, { becomes }: Plan, world: World, report: ReportFault): void {
  if (!becomes) return;
  const at = ['becomes', 'plan'];
  const target = world.plans.get(becomes.plan)?.data;
  if (!planRefs(world).includes(becomes.plan))
    report(at, 'unknown-plan', `no plan named ${becomes.plan}${didYouMean(becomes.plan, world.plans.keys())}`);
  else if (isMovedBack(id, world))
    report(
      at,
      'becomes-cycle',
      becomes.plan === id
        ? `${id} cannot become itself`
        : `${id} becomes itself again: ${becomes.plan} leads back to it`,
      { help: 'a plan becomes a later one; write the plan people should end with as a version of its own' },
    );
  else if (target?.sold === false)
    report(at, 'becomes-unsold', `${becomes.plan} is no longer sold, and everybody on ${id} would get it`, {
      severity: 'warning',
      help: `name a plan that is sold, or sell ${becomes.plan}`,
    });
}

function isMovedBack(id: string, { plans }: World): boolean {
  const seen = new Set<string>();
  for (let next = plans.get(id)?.data.becomes?.plan; next !== undefined; next = plans.get(next)?.data.becomes?.plan) {
    if (next === id) return true;
    if (seen.has(next)) return false;
    seen.add(next);
  }
  return false;
}

const isZero = (amount: string): boolean => /^0(\.0+)?$/.test(amount);

function checkPlan({ price }: Plan, report: ReportFault): void {
  const forms = (['free', 'contactSales', 'formula', 'amount'] as const).filter((form) => price[form] !== undefined);
  if (forms.length === 0)
    report(['price'], 'price-missing', 'the plan has no price', {
      help: 'write an `amount` with `currency` and `per`, or `free: true`, `contactSales: true` or `formula: "…"`',
    });
  if (forms.length > 1)
    report(['price', forms[1] as string], 'price-twice', `the plan has two prices: \`${forms.join('` and `')}\``, {
      key: true,
      help: 'keep one of them',
    });
  for (const [key, { min, max }] of Object.entries(price.units ?? {}))
    if (min !== undefined && max !== undefined && max < min)
      report(['price', 'units', key, 'max'], 'bounds-reversed', `at most ${max} ${key} is less than at least ${min}`);
  const amounts = amountsOf(price);
  if (price.free) {
    for (const { at, amount } of amounts)
      if (!isZero(amount))
        report(at, 'free-plan-costs', `the plan is free, and charges ${amount} here`, {
          help: 'what a free plan sells costs "0.00"; otherwise remove `free: true`',
        });
    return;
  }
  for (const missing of amounts.length > 0
    ? (['currency', 'per'] as const).filter((key) => price[key] === undefined)
    : [])
    report(['price'], 'price-incomplete', `the price has amounts and no \`${missing}\``, {
      help: missing === 'per' ? 'add `per: month` or `per: year`' : 'add `currency: USD`',
    });
}

function amountsOf(price: Plan['price']): { at: Pointer; amount: string }[] {
  return [
    ...(price.amount === undefined ? [] : [{ at: ['price', 'amount'], amount: price.amount }]),
    ...Object.entries(price.units ?? {}).map(([key, { amount }]) => ({
      at: ['price', 'units', key, 'amount'],
      amount,
    })),
    ...Object.entries(price.usage ?? {}).map(([key, { amount }]) => ({
      at: ['price', 'usage', key, 'amount'],
      amount,
    })),
    ...Object.entries(price.oneTime ?? {}).map(([key, amount]) => ({ at: ['price', 'oneTime', key], amount })),
  ];
}

/** Every plan there is a file of, also of one that cannot be read. */
const planRefs = (world: World): string[] => [
  ...world.plans.keys(),
  ...[...world.unread].flatMap((path) => /^plans\/(.+)\.yaml$/.exec(path)?.[1] ?? []),
];

function checkPlanName(name: string, at: Pointer, world: World, report: ReportFault): void {
  const names = new Set(planRefs(world).flatMap((ref) => [ref, ref.slice(0, ref.indexOf('@'))]));
  if (!names.has(name)) report(at, 'unknown-plan', `no plan named ${name}${didYouMean(name, names)}`);
}

function checkMenu(menu: NonNullable<World['menu']>['data'], world: World, report: ReportFault): void {
  const addOns = menu.addOns ?? {};
  for (const [id, addOn] of Object.entries(addOns)) {
    const here = ['addOns', id];
    addOn.plans.forEach((name, index) => checkPlanName(name, [...here, 'plans', index], world, report));
    for (const list of ['dependsOn', 'excludes'] as const)
      addOn[list]?.forEach((other, index) => {
        const at = [...here, list, index];
        if (other === id)
          report(at, 'add-on-names-itself', `${id} cannot ${list === 'dependsOn' ? 'depend on' : 'exclude'} itself`);
        else if (!Object.hasOwn(addOns, other))
          report(
            at,
            'unknown-add-on',
            `no add-on named ${other} is on the menu${didYouMean(other, Object.keys(addOns))}`,
          );
      });
    if (addOn.min !== undefined && addOn.max !== undefined && addOn.max < addOn.min)
      report([...here, 'max'], 'bounds-reversed', `at most ${addOn.max} is less than at least ${addOn.min}`);
    for (const key of Object.keys(addOn.sets ?? {}))
      if (Object.hasOwn(addOn.adds ?? {}, key))
        report([...here, 'adds', key], 'set-and-add', `${id} both sets ${key} and adds to it`, {
          help: 'keep one of the two',
        });
    if (dependsOnItself(id, addOns))
      report([...here, 'dependsOn'], 'add-on-cycle', `${id} depends on itself through others: it can never count`);
  }
}

function dependsOnItself(id: string, addOns: NonNullable<NonNullable<World['menu']>['data']['addOns']>): boolean {
  const seen = new Set<string>();
  const open = [...(addOns[id]?.dependsOn ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === id) return (addOns[id]?.dependsOn ?? []).every((direct) => direct !== id);
    if (seen.has(next)) continue;
    seen.add(next);
    if (Object.hasOwn(addOns, next)) open.push(...(addOns[next]?.dependsOn ?? []));
  }
  return false;
}

function checkLifecycle({ stages }: NonNullable<World['lifecycle']>['data'], world: World, report: ReportFault): void {
  const plan = stages.lapsed?.plan;
  if (plan === undefined) return;
  const at = ['stages', 'lapsed', 'plan'];
  const lapsed = world.plans.get(plan)?.data;
  if (!planRefs(world).includes(plan))
    report(at, 'unknown-plan', `no plan named ${plan}${didYouMean(plan, world.plans.keys())}`);
  else if (lapsed && !lapsed.price.free)
    report(at, 'lapsed-plan-costs', `${plan} is not free: an account that lapses would owe money`, {
      help: 'name a plan with `free: true`',
    });
  const costly = becoming(plan, movableIn(world)).find((step) => !world.plans.get(step.plan)?.data.price.free);
  if (lapsed?.price.free && costly)
    report(
      at,
      'lapsed-plan-costs',
      `${plan} becomes ${costly.plan} on ${costly.from}, which is not free: an account that lapses would owe money`,
      { help: 'name a free plan that becomes no paid one' },
    );
}

function checkOnboarding(
  { details }: NonNullable<World['onboarding']>['data'],
  world: World,
  report: ReportFault,
): void {
  for (const [id, { when }] of Object.entries(details)) {
    if (!when || !('plan' in when)) continue;
    const here = ['details', id, 'when', 'plan'];
    if (typeof when.plan === 'string') checkPlanName(when.plan, here, world, report);
    else when.plan.forEach((name, index) => checkPlanName(name, [...here, index], world, report));
  }
}
