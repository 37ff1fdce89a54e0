import type { Access, AccessRule, Day, TermsTree } from '../../runtime/terms/timeline.ts';
import type { BoughtAddOn } from './add-ons.ts';
import type { TermsLayer } from './contract-course.ts';
import { type ExceptionCourse, isActive } from './exception-course.ts';
import type { ReportFault } from './fault.ts';
import type { Moment } from './moment.ts';
import type { PreparedWorld } from './prepare-world.ts';
import type { Records } from './records.ts';
import { layTerms, leafPaths, mayLeave, pathsTouch, withoutEmpty, withoutLeft } from './terms-tree.ts';

export interface AgreedTerms {
  billing: TermsTree;
  support: TermsTree;
}

type TermsMoment = Pick<Moment, 'day' | 'account' | 'contract' | 'trial' | 'agreed'>;

/** Everything that says terms on a day, in order: plan, add-ons, account, then the trial's or the contract's, then active promises. */
export function termsLayersOn(
  { day, account, contract, trial, agreed }: TermsMoment,
  counting: readonly BoughtAddOn[],
  exceptions: readonly ExceptionCourse[],
  world: PreparedWorld,
): TermsLayer[] {
  const plan = world.planTerms.get(agreed.plan);
  const layers = plan ? [plan] : [];
  for (const { terms } of counting) layers.push(terms);
  layers.push(...account.layers);
  if (trial?.full) layers.push(trial.terms);
  else if (contract) layers.push(...contract.layers);
  for (const course of exceptions) if (course.terms && isActive(course, day)) layers.push(course.terms);
  return layers;
}

/** The promises in force on a day; terms are folded, and their end could not be told from them. */
export const promisedOn = (exceptions: readonly ExceptionCourse[], day: Day): string[] =>
  exceptions.flatMap((course) => (course.terms && isActive(course, day) ? [course.exception.id] : []));

/** Works out terms day after day; while nothing changes, the same terms are the same object. */
export function startTerms(): { on(layers: readonly TermsLayer[], day: Day): AgreedTerms } {
  let last: { layers: readonly TermsLayer[]; terms: AgreedTerms } | undefined;
  return {
    on(layers, day) {
      const isSame =
        last?.layers.length === layers.length &&
        layers.every((layer, index) => layer === last?.layers[index] && !(layer.billing && mayLeave(layer.billing)));
      if (last && isSame) return last.terms;
      last = { layers, terms: termsFrom(layers, day) };
      return last.terms;
    },
  };
}

/** The terms these layers come to on a day. */
function termsFrom(layers: readonly TermsLayer[], day: Day): AgreedTerms {
  const { billing, support } = lay(layers, day);
  return { billing: withoutEmpty(withoutLeft(billing, day)), support: withoutEmpty(support) };
}

/** A promise lies over what is left on the day itself, everything else over what was left when it was agreed. */
function lay(layers: readonly TermsLayer[], day: Day): AgreedTerms {
  let billing: TermsTree = {};
  let support: TermsTree = {};
  for (const layer of layers) {
    billing = layTerms(withoutLeft(billing, layer.kind === 'exception' ? day : layer.since), layer.billing);
    support = layTerms(support, layer.support);
  }
  return { billing, support };
}

/** Reports a promise on a term that the contract in force on that day already names; what is as on the day before was judged then. */
export function checkPromises(
  moment: Moment,
  before: Moment | undefined,
  exceptions: readonly ExceptionCourse[],
  report: ReportFault,
): void {
  if (!moment.contract || exceptions.length === 0) return;
  const known = before?.contract === moment.contract ? before : undefined;
  const promises: ExceptionCourse[] = [];
  for (const course of exceptions)
    if (course.terms && isActive(course, moment.day) && !(known && isActive(course, known.day))) promises.push(course);
  if (promises.length === 0) return;
  // `unset` names its term as well: it is agreed that there is none.
  const named = moment.contract.layers.flatMap(({ billing = {}, support = {} }) => leafPaths({ billing, support }));
  for (const { exception, index } of promises) {
    if (exception.decision !== 'promise') continue;
    for (const path of leafPaths(exception.terms as TermsTree)) {
      const other = named.find((name) => pathsTouch(name, path));
      if (!other) continue;
      report(
        ['exceptions', index, 'terms', ...path.split('.')],
        'promise-in-contract',
        `${exception.id} promises ${path}, but contract ${moment.contract.terms.id} names ${other} on ${moment.day}`,
        {
          help: 'amend the contract instead, or promise something it does not name',
          related: {
            message: `contract ${moment.contract.terms.id} is here`,
            at: ['contracts', moment.ground.contract?.index ?? 0],
          },
        },
      );
    }
  }
}

const noAccess: Access = { groups: [], rules: [] };

/** The access layer of a customer on a day; the base roles are the product's own. */
export function accessOn(customer: Records, day: Day, exceptions: readonly ExceptionCourse[]): Access {
  const groups = customer.access?.groups ?? noAccess.groups;
  const rules: AccessRule[] = [];
  for (const course of exceptions) if (isActive(course, day)) rules.push(...course.rules);
  return groups.length + rules.length === 0 ? noAccess : { groups, rules };
}
