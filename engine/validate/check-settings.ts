/** Everything in a file that is keyed by a setting, judged by the catalogue: names, kinds and values. */
import type { Approvals } from '../../schemas/approvals.ts';
import type { Customer } from '../../schemas/customer.ts';
import type { Exception } from '../../schemas/exception.ts';
import type { KindName } from '../../schemas/kinds.ts';
import type { Plan } from '../../schemas/plan.ts';
import type { Lifecycle, Menu, Onboarding } from '../../schemas/policies.ts';
import type { Settings } from '../../schemas/setting.ts';
import type { ReportFault } from '../compile/fault.ts';
import type { Pointer } from '../document.ts';
import {
  amountProblem,
  limitNameProblem,
  nameProblem,
  type SettingProblem,
  settingProblem,
} from './setting-problem.ts';

/** Reports every wrong use of a setting in a file that has the shape of its kind. */
export function checkSettings(kind: KindName, data: unknown, settings: Settings, report: ReportFault): void {
  const check = checks[kind];
  if (check) check(data, new Check(settings, report));
}

/** The catalogue and where problems go: what every walk below carries along. */
class Check {
  readonly settings: Settings;
  readonly #report: ReportFault;

  constructor(settings: Settings, report: ReportFault) {
    this.settings = settings;
    this.#report = report;
  }

  report(at: Pointer, problem: SettingProblem | undefined): void {
    if (problem) this.#report(at, problem.rule, problem.message, { help: problem.help, key: problem.key });
  }

  /** Setting → value. */
  values(at: Pointer, values: object | undefined): void {
    for (const [key, value] of entriesOf(values)) {
      const problem = settingProblem(this.settings, key, value);
      if (problem) this.report([...at, key], problem);
    }
  }

  /** Limit → amount; `unset` in amendments. */
  amounts(at: Pointer, amounts: object | undefined): void {
    for (const [key, amount] of entriesOf(amounts)) {
      const problem =
        amount === 'unset' ? limitNameProblem(this.settings, key) : amountProblem(this.settings, key, amount);
      if (problem) this.report([...at, key], problem);
    }
  }

  /** Limit → price, or anything else whose shape says the rest. */
  limits(at: Pointer, limits: object | string | undefined): void {
    if (typeof limits === 'string') return;
    for (const [key] of entriesOf(limits)) {
      const problem = limitNameProblem(this.settings, key);
      if (problem) this.report([...at, key], problem);
    }
  }

  names(at: Pointer, names: readonly string[] | undefined): void {
    names?.forEach((name, index) => {
      const problem = nameProblem(this.settings, name);
      this.report([...at, index], problem && { ...problem, key: false });
    });
  }

  terms(at: Pointer, terms: { billing?: Customer['billing'] } | undefined): void {
    const billing = terms?.billing;
    if (!billing) return;
    if (billing.unitPrices) this.limits([...at, 'billing', 'unitPrices'], billing.unitPrices);
    if (typeof billing.commitments === 'string') return;
    billing.commitments?.forEach(({ setting, quantity }, index) => {
      const here = [...at, 'billing', 'commitments', index];
      const name = limitNameProblem(this.settings, setting);
      if (name) this.report([...here, 'setting'], { ...name, key: false });
      else this.report([...here, 'quantity'], amountProblem(this.settings, setting, quantity));
    });
  }
}

const entriesOf = (keyed: object | undefined): [string, unknown][] => (keyed ? Object.entries(keyed) : []);

function checkPlan(plan: Plan, check: Check): void {
  check.values(['settings'], plan.settings);
  check.limits(['price', 'usage'], plan.price.usage);
  for (const [key, { min, max }] of Object.entries(plan.price.units ?? {})) {
    const here = ['price', 'units', key];
    const name = limitNameProblem(check.settings, key);
    check.report(here, name);
    if (name) continue;
    if (min !== undefined) check.report([...here, 'min'], amountProblem(check.settings, key, min));
    if (max !== undefined) check.report([...here, 'max'], amountProblem(check.settings, key, max));
  }
  check.terms(['standardTerms'], plan.standardTerms);
}

function checkCustomer(customer: Customer, check: Check): void {
  const priced = (record: { quantities?: object; billing?: Customer['billing'] }, at: Pointer) => {
    if (record.quantities) check.amounts([...at, 'quantities'], record.quantities);
    if (record.billing) check.terms(at, record);
  };
  priced(customer, []);
  customer.amendments?.forEach((amendment, index) => priced(amendment, ['amendments', index]));
  customer.trials?.forEach((trial, index) => priced(trial, ['trials', index]));
  customer.contracts?.forEach((contract, index) => {
    priced(contract, ['contracts', index]);
    contract.amendments?.forEach((amendment, at) => priced(amendment, ['contracts', index, 'amendments', at]));
  });
  customer.exceptions?.forEach((exception, index) => checkException(exception, ['exceptions', index], check));
}

function checkException(exception: Exception, here: Pointer, check: Check): void {
  switch (exception.decision) {
    case 'configuration':
      check.values([...here, 'set'], exception.set);
      check.amounts([...here, 'add'], exception.add);
      break;
    case 'feature':
      check.names([...here, 'settings'], exception.settings);
      break;
    case 'promise':
      check.terms([...here, 'terms'], exception.terms);
      break;
    case 'no':
      check.names([...here, 'refuses', 'settings'], exception.refuses?.settings);
      break;
    default:
  }
}

function checkMenu(menu: Menu, check: Check): void {
  for (const [id, addOn] of Object.entries(menu.addOns ?? {})) {
    check.values(['addOns', id, 'sets'], addOn.sets);
    check.amounts(['addOns', id, 'adds'], addOn.adds);
    check.terms(['addOns', id, 'terms'], addOn.terms);
  }
}

function checkLifecycle({ stages }: Lifecycle, check: Check): void {
  for (const [stage, rules] of Object.entries(stages)) {
    const set = rules && 'set' in rules ? rules.set : undefined;
    const at = ['stages', stage, 'set'];
    check.values(at, set);
    for (const [key] of entriesOf(set)) check.report([...at, key], orderProblem(check.settings, key));
  }
}

/** A stage takes: from a setting without an order nobody could say what is less. */
function orderProblem(settings: Settings, key: string): SettingProblem | undefined {
  const setting = Object.hasOwn(settings, key) ? settings[key] : undefined;
  if (!setting || setting.kind === 'limit' || setting.kind === 'feature') return undefined;
  if (setting.kind === 'choice' && setting.favours) return undefined;
  return {
    rule: 'setting-without-order',
    key: true,
    message: `a stage only takes, and \`${key}\` has no order from worst to best`,
    help: setting.kind === 'choice' ? `say the order with \`favours\` in schemas/settings.ts` : `leave \`${key}\` out`,
  };
}

function checkOnboarding({ details }: Onboarding, check: Check): void {
  for (const [id, { when }] of Object.entries(details)) {
    if (!when || !('setting' in when)) continue;
    const here = ['details', id, 'when'];
    const name = nameProblem(check.settings, when.setting);
    if (name) check.report([...here, 'setting'], { ...name, key: false });
    else check.report([...here, 'is'], settingProblem(check.settings, when.setting, when.is));
  }
}

function checkApprovals({ lines }: Approvals, check: Check): void {
  lines.forEach(({ when }, index) => {
    const here = ['lines', index, 'when'];
    const named = when.setting;
    if (named === undefined) return;
    if (typeof named === 'string') {
      const name = nameProblem(check.settings, named);
      if (name) check.report([...here, 'setting'], { ...name, key: false });
      else checkHeld(named, when, here, check);
    } else check.names([...here, 'setting'], named);
    for (const key of typeof named === 'string' ? [] : named)
      if (Object.hasOwn(check.settings, key)) checkHeld(key, when, here, check);
  });
}

/** What a line holds a setting against: only a limit is more or less, and a value is one that it can have. */
function checkHeld(key: string, when: Approvals['lines'][number]['when'], here: Pointer, check: Check): void {
  for (const bound of ['above', 'below'] as const)
    if (when[bound] !== undefined && check.settings[key]?.kind !== 'limit')
      check.report([...here, bound], {
        rule: 'bound-without-size',
        key: true,
        message: `\`${key}\` is no limit, and neither more nor less than anything`,
        help: 'say the value with `is`',
      });
  if (when.is === undefined || typeof when.setting !== 'string' || check.settings[key]?.kind === 'list') return;
  const isList = Array.isArray(when.is);
  [when.is].flat().forEach((value, index) => {
    check.report([...here, 'is', ...(isList ? [index] : [])], settingProblem(check.settings, key, value));
  });
}

/** By kind of file; the shape has been checked, so the data is what its kind says. */
const checks: Partial<Record<KindName, (data: unknown, check: Check) => void>> = {
  customer: (data, check) => checkCustomer(data as Customer, check),
  plan: (data, check) => checkPlan(data as Plan, check),
  menu: (data, check) => checkMenu(data as Menu, check),
  lifecycle: (data, check) => checkLifecycle(data as Lifecycle, check),
  onboarding: (data, check) => checkOnboarding(data as Onboarding, check),
  approvals: (data, check) => checkApprovals(data as Approvals, check),
};
