/** What can be said of one customer's records without following time: references, dates that are the wrong way round, keys that need each other. */
import { becoming } from '../../runtime/terms/becoming.ts';
import type { Customer } from '../../schemas/customer.ts';
import type { Exception } from '../../schemas/exception.ts';
import { didYouMean } from '../did-you-mean.ts';
import type { Pointer } from '../document.ts';
import { checkAddOns } from './add-ons.ts';
import { areasOf } from './areas-of.ts';
import { checkBreakGlass } from './check-break-glass.ts';
import type { ReportFault } from './fault.ts';
import type { PreparedWorld } from './prepare-world.ts';
import type { Records } from './records.ts';

/** Reports the faults of the file's records; false when a plan is missing, so that time cannot be followed. */
export function checkCustomer(customer: Records, world: PreparedWorld, report: ReportFault): boolean {
  const known = checkPlans(customer, world, report);
  checkTrials(customer, report);
  const isMenuRead = !world.world.unread.has('policies/menu.yaml');
  if (isMenuRead) checkAddOns(customer.addOns, world, report);
  customer.services.forEach(({ id }, index) => {
    if (isMenuRead && !world.services.has(id))
      report(
        ['services', index, 'id'],
        'unknown-service',
        `no service named ${id} is on the menu${didYouMean(id, world.services)}`,
      );
  });
  checkAccess(customer, world, report);
  checkDetails(customer, world, report);
  checkContractIds(customer, report);
  checkDiscounts(customer, report);
  customer.exceptions.forEach((exception, index) => checkException(exception, ['exceptions', index], world, report));
  return known;
}

function checkPlans(customer: Records, world: PreparedWorld, report: ReportFault): boolean {
  let known = true;
  const check = (plan: string | undefined, at: Pointer): void => {
    if (plan === undefined || world.plans.has(plan)) return;
    known = false;
    const path = `plans/${plan}.yaml`;
    if (world.world.unread.has(path)) return;
    report(at, 'unknown-plan', `no plan named ${plan}${didYouMean(plan, world.plans.keys())}`, {
      help: `a plan is a file: ${path}`,
    });
  };
  // What a plan becomes is told at the plan; without it nobody knows what this customer has.
  const follow = (plan: string): void => {
    if (!leadsToPlans(plan, world, customer.staysOn)) known = false;
  };
  for (const { plan } of [customer, ...customer.amendments]) if (plan !== undefined) follow(plan);
  check(customer.plan, ['plan']);
  customer.amendments.forEach(({ plan }, index) => check(plan, ['amendments', index, 'plan']));
  customer.trials.forEach(({ plan }, index) => check(plan, ['trials', index, 'plan']));
  customer.contracts.forEach(({ plan, amendments }, index) => {
    check(plan, ['contracts', index, 'plan']);
    amendments?.forEach((amendment, at) => check(amendment.plan, ['contracts', index, 'amendments', at, 'plan']));
  });
  return known;
}

/** Whether every plan that a base plan becomes is there. */
function leadsToPlans(plan: string, world: PreparedWorld, staysOn: string | undefined): boolean {
  const last = becoming(plan, world.plans, staysOn).at(-1)?.plan ?? plan;
  const next = last === staysOn ? undefined : world.plans.get(last)?.becomes;
  return next === undefined || world.plans.has(next.plan);
}

function checkTrials({ trials }: Records, report: ReportFault): void {
  trials.forEach((trial, index) => {
    if (trial.ends < trial.starts)
      report(
        ['trials', index, 'ends'],
        'ends-before-start',
        `the trial ends ${trial.ends}, before it starts, ${trial.starts}`,
      );
    trials.forEach((other, at) => {
      const isLater = other.starts < trial.starts || (other.starts === trial.starts && at < index);
      if (at === index || !isLater || other.ends < trial.starts) return;
      report(
        ['trials', index, 'starts'],
        'trials-overlap',
        `the trial of ${trial.starts} starts while the one of ${other.starts} lasts until ${other.ends}`,
        {
          help: 'trials do not overlap: move one of the two dates',
          related: { message: 'the earlier trial is here', at: ['trials', at] },
        },
      );
    });
  });
}

function checkAccess(customer: Records, world: PreparedWorld, report: ReportFault): void {
  const roles = world.world.roles?.data.roles;
  if (!roles || (!customer.access && customer.exceptions.length === 0)) return;
  const own = new Set<string>();
  const groups = new Set<string>();
  for (const { name } of customer.access?.groups ?? []) groups.add(name);
  for (const trial of customer.trials) for (const name of trial.groups ?? []) groups.add(name);
  const checkRole = (role: string, at: Pointer) => {
    if (!Object.hasOwn(roles, role))
      report(at, 'unknown-role', `no role named ${role}${didYouMean(role, Object.keys(roles))}`, {
        help: 'roles are in policies/roles.yaml',
      });
  };
  customer.access?.groups?.forEach((group, index) => {
    group.roles?.forEach((role, at) => checkRole(role, ['access', 'groups', index, 'roles', at]));
    group.may?.forEach((action) => own.add(action));
  });
  customer.exceptions.forEach((exception, index) => {
    if (exception.decision !== 'configuration') return;
    exception.access?.forEach((rule, position) => {
      const here = ['exceptions', index, 'access', position];
      if (rule.group !== undefined && !groups.has(rule.group))
        report(
          [...here, 'group'],
          'unknown-group',
          `the customer has no group ${rule.group}${didYouMean(rule.group, groups)}`,
          {
            severity: 'warning',
            help: 'groups are under `access`, or take part in a trial',
          },
        );
      if (rule.approver !== undefined) checkRole(rule.approver, [...here, 'approver']);
      rule.only?.forEach((role, at) => checkRole(role, [...here, 'only', at]));
      if (rule.approver === undefined && !rule.only?.length)
        report(
          here,
          'access-rule-empty',
          `the rule for ${rule.action} names neither an \`approver\` nor \`only\` some roles`,
        );
      if (!world.actions.has(rule.action) && !own.has(rule.action))
        report(
          [...here, 'action'],
          'unknown-action',
          `no role and no group may ${rule.action}${didYouMean(rule.action, [...world.actions, ...own])}`,
          { severity: 'warning', help: 'actions are what roles in policies/roles.yaml `may`' },
        );
    });
  });
}

function checkDetails(customer: Records, world: PreparedWorld, report: ReportFault): void {
  const details = world.world.onboarding?.data.details;
  if (!details || !customer.details) return;
  for (const key of Object.keys(customer.details))
    if (!Object.hasOwn(details, key))
      report(
        ['details', key],
        'unknown-detail',
        `no onboarding detail named ${key}${didYouMean(key, Object.keys(details))}`,
        { key: true, help: 'details are in policies/onboarding.yaml' },
      );
}

function checkContractIds({ contracts }: Records, report: ReportFault): void {
  if (contracts.length < 2) return;
  const seen = new Map<string, number>();
  contracts.forEach(({ id }, index) => {
    const first = seen.get(id.toLowerCase());
    if (first === undefined) seen.set(id.toLowerCase(), index);
    else
      report(['contracts', index, 'id'], 'contract-id-twice', `the contract id ${id} is used twice`, {
        related: { message: 'the first is here', at: ['contracts', first] },
      });
  });
}

/** Both forms of a discount in one place leave open which one counts. */
function checkDiscounts(customer: Records, report: ReportFault): void {
  const check = (billing: Customer['billing'], at: Pointer) => {
    const discount = billing?.discount;
    if (typeof discount !== 'object') return;
    const isSaid = (part: string | undefined) => part !== undefined && part !== 'unset';
    if (isSaid(discount.percent) && isSaid(discount.amount))
      report([...at, 'billing', 'discount'], 'discount-twice', 'a discount is a percentage or an amount, not both');
    if (Number(discount.percent) > 100)
      report(
        [...at, 'billing', 'discount', 'percent'],
        'discount-above-all',
        `a discount of ${discount.percent} percent is more than the price`,
      );
  };
  check(customer.billing, []);
  customer.amendments.forEach(({ billing }, index) => check(billing, ['amendments', index]));
  customer.trials.forEach(({ billing }, index) => check(billing, ['trials', index]));
  customer.contracts.forEach((contract, index) => {
    check(contract.billing, ['contracts', index]);
    contract.amendments?.forEach(({ billing }, at) => check(billing, ['contracts', index, 'amendments', at]));
  });
}

function checkException(exception: Exception, here: Pointer, world: PreparedWorld, report: ReportFault): void {
  const { id } = exception;
  if (exception.livesIn === 'manual' && exception.runbook === undefined)
    report(
      [...here, 'livesIn'],
      'runbook-missing',
      `${id} lives in somebody's hands (\`manual\`) and has no \`runbook\``,
      { help: 'name the page that says how it is done' },
    );
  if (exception.decision === 'configuration') {
    const { set = {}, add = {}, access = [] } = exception;
    if (Object.keys(set).length + Object.keys(add).length + access.length === 0)
      report(here, 'exception-empty', `${id} is a configuration that sets nothing`, {
        help: 'say what it changes: `set`, `add` or `access`',
      });
    for (const key of Object.keys(add))
      if (Object.hasOwn(set, key))
        report([...here, 'add', key], 'set-and-add', `${id} both sets ${key} and adds to it`, {
          help: 'keep one of the two',
        });
  }
  if (
    exception.decision === 'promise' &&
    Object.values(exception.terms).every((terms) => Object.keys(terms ?? {}).length === 0)
  )
    report([...here, 'terms'], 'exception-empty', `${id} promises nothing`, {
      help: 'say what is promised under `terms`',
    });
  if ('breakGlass' in exception) checkBreakGlass(exception, here, report);
  checkArea(exception, here, world, report);
}

/** The area is what the record touches; where that is not one area, the record says it. */
function checkArea(exception: Exception, here: Pointer, world: PreparedWorld, report: ReportFault): void {
  const touched = areasOf(exception, world.settings);
  if (touched.size === 1) {
    const [derived] = touched;
    if (exception.area !== undefined && exception.area !== derived)
      report(
        [...here, 'area'],
        'area-mismatch',
        `${exception.id} says area ${exception.area}, but what it changes lies in ${derived}`,
        { help: 'remove `area`, or correct it' },
      );
  } else if (exception.area === undefined) {
    report(here, 'area-missing', `${exception.id} does not say its area`, {
      help: `add \`area:\` ${touched.size ? [...touched].join(' or ') : 'onboarding, billing, support, access or hosting'}`,
    });
  }
}
