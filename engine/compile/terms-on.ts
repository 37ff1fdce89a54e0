import { sinceEver } from '../../runtime/terms/days.ts';
import type { Access, Day, TermsTree } from '../../runtime/terms/timeline.ts';
import type { Customer } from '../../schemas/customer.ts';
import type { TermsLayer } from './contract-course.ts';
import type { CountingAddOn } from './add-ons.ts';
import { type ExceptionCourse, isActive } from './exception-course.ts';
import type { ReportFault } from './fault.ts';
import type { Moment } from './moment.ts';
import type { PreparedWorld } from './prepare-world.ts';
import { layTerms, leafPaths, pathsTouch, withoutEmpty, withoutLeft } from './terms-tree.ts';

export interface AgreedTerms {
  billing: TermsTree;
  support: TermsTree;
}

type TermsMoment = Pick<Moment, 'day' | 'account' | 'contract' | 'trial' | 'agreed'>;

/** Everything that says terms on a day, in order: plan, add-ons, account, then the trial's or the contract's, then active promises. */
export function termsLayersOn(
  moment: TermsMoment,
  counting: readonly CountingAddOn[],
  exceptions: readonly ExceptionCourse[],
  world: PreparedWorld,
): TermsLayer[] {
  const { day, account, contract, trial, agreed } = moment;
  const over: readonly TermsLayer[] = trial?.full
    ? [{ kind: 'trial', id: trial.trial.kind, since: trial.trial.starts, at: ['trials', trial.index], billing: trial.trial.billing, support: trial.trial.support }]
    : (contract?.layers ?? []);
  return [
    { kind: 'plan', id: agreed.plan, since: sinceEver, ...world.plans.get(agreed.plan)?.standardTerms },
    ...counting.map(({ addOn, sold, index }): TermsLayer => ({ kind: 'addOn', id: addOn.id, since: sinceEver, at: ['addOns', index], ...sold.terms })),
    ...account.layers,
    ...over,
    ...exceptions.flatMap((course): TermsLayer[] =>
      course.exception.decision === 'promise' && isActive(course, day)
        ? [{ kind: 'exception', id: course.exception.id, since: day, at: ['exceptions', course.index], ...course.exception.terms }]
        : [],
    ),
  ];
}

/** The terms these layers come to on a day. */
export function termsFrom(layers: readonly TermsLayer[], day: Day): AgreedTerms {
  const { billing, support } = lay(layers);
  return { billing: withoutEmpty(withoutLeft(billing, day)), support: withoutEmpty(support) };
}

function lay(layers: readonly TermsLayer[]): AgreedTerms {
  let billing: TermsTree = {};
  let support: TermsTree = {};
  for (const layer of layers) {
    billing = layTerms(withoutLeft(billing, layer.since), layer.billing);
    support = layTerms(support, layer.support);
  }
  return { billing, support };
}

/** Reports a promise on a term that the contract in force on that day already names. */
export function checkPromises(moment: Moment, exceptions: readonly ExceptionCourse[], report: ReportFault): void {
  if (!moment.contract) return;
  const promises = exceptions.filter((course) => course.exception.decision === 'promise' && isActive(course, moment.day));
  if (promises.length === 0) return;
  const named = leafPaths({ ...lay(moment.contract.layers) });
  for (const { exception, index } of promises) {
    if (exception.decision !== 'promise') continue;
    for (const path of leafPaths(exception.terms as TermsTree)) {
      const other = named.find((name) => pathsTouch(name, path));
      if (!other) continue;
      report(['exceptions', index, 'terms', ...path.split('.')], 'promise-in-contract',
        `${exception.id} promises ${path}, but contract ${moment.contract.terms.id} names ${other} on ${moment.day}`,
        { help: 'amend the contract instead, or promise something it does not name', related: { message: `contract ${moment.contract.terms.id} is here`, at: ['contracts', moment.ground.contract?.index ?? 0] } });
    }
  }
}

/** The access layer of a customer on a day; the base roles are the product's own. */
export function accessOn(customer: Customer, day: Day, exceptions: readonly ExceptionCourse[]): Access {
  return {
    groups: customer.access?.groups ?? [],
    rules: exceptions.flatMap((course) =>
      course.exception.decision === 'configuration' && isActive(course, day)
        ? (course.exception.access ?? []).map((rule) => ({ ...rule, exception: course.exception.id }))
        : [],
    ),
  };
}
