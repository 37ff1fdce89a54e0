import { onDay } from '../../runtime/terms/at.ts';
import { forEver } from '../../runtime/terms/days.ts';
import type { Day, Segment } from '../../runtime/terms/timeline.ts';
import type { Customer } from '../../schemas/customer.ts';
import type { CompiledCustomer } from '../compile/compile-customer.ts';
import type { TermsLayer } from '../compile/contract-course.ts';
import { isTree } from '../compile/terms-tree.ts';
import type { Document, Pointer } from '../document.ts';
import { explainCustomer, type Origin } from '../explain.ts';
import { lastSaying } from '../last-saying.ts';
import type { Entry, World } from '../model.ts';
import { planOrigin } from '../plan-origin.ts';

/** A customer on one side of a comparison. */
export interface Subject {
  entry: Entry<Customer>;
  compiled: CompiledCustomer;
  world: World;
}

/** Who gives the value at a path on a day; null where there is no such value, or nobody in particular gives it. */
export function originOf(path: string, { entry, compiled, world }: Subject, day: Day): Origin | null {
  if (!compiled.timeline) return null;
  const segment = onDay(compiled.timeline, day);
  const [area, part, ...rest] = path.split('.');
  if (area === 'plan') return planOrigin(entry, world, segment, day);
  if (area === 'stage') return originOfStage(entry, segment, day);
  if (area === 'access') return originOfAccess(entry, segment, part, rest);
  if (area === 'settings') {
    const [key, setting] = [part ?? '', world.settings[part ?? '']];
    // A world of one setting and no terms, so that nothing else is explained in vain.
    return setting
      ? (explainCustomer(
          entry,
          { ...compiled, termsLayersOn: () => [] },
          { ...world, settings: { [key]: setting } },
          day,
        ).settings[key]?.origin ?? null)
      : null;
  }
  if (part === 'contract') return originInContract(entry, segment, rest, day);
  return originOfTerm(part as 'billing' | 'support', rest, compiled.termsLayersOn(day), entry, world);
}

function placeIn(document: Document, pointer: Pointer): { path: string; line: number } {
  const { path, start } = document.locate(pointer, 'key');
  return { path, line: start.line };
}

const recordOf = ({ data }: Entry<Customer>, id: string) => {
  const exception = data.exceptions?.find((candidate) => candidate.id === id);
  return exception && { because: exception.because, owner: exception.owner };
};

const runningTrial = ({ trials = [] }: Customer, day: Day): number =>
  trials.findIndex(({ starts, ends }) => starts <= day && day <= ends);

function originOfStage({ data, document }: Entry<Customer>, { stage, terms }: Segment, day: Day): Origin {
  const status = data.statuses?.findIndex(({ since, until = forEver }) => since <= day && day <= until) ?? -1;
  const written = data.statuses?.[status];
  const contract = terms.contract
    ? (data.contracts ?? []).findIndex(({ id }) => id === terms.contract?.id)
    : (data.contracts ?? []).findLastIndex(({ starts }) => starts <= day);
  if (written && ['pastDue', 'suspended', 'lapsed', 'closed'].includes(stage))
    return {
      kind: 'stage',
      id: written.stage,
      ...placeIn(document, ['statuses', status, 'stage']),
      ...(written.because && { because: written.because }),
    };
  if (stage === 'trial' || stage === 'pilot')
    return { kind: 'trial', id: stage, ...placeIn(document, ['trials', runningTrial(data, day)]) };
  if (contract >= 0 && (terms.contract || stage === 'lapsed'))
    return { kind: 'contract', id: data.contracts?.[contract]?.id, ...placeIn(document, ['contracts', contract]) };
  return { kind: 'account', id: 'account', ...placeIn(document, ['plan']) };
}

function originOfAccess(
  entry: Entry<Customer>,
  { access }: Segment,
  part: string | undefined,
  rest: readonly string[],
): Origin | null {
  const { data, document } = entry;
  const name = rest.join('.');
  if (part === 'groups') {
    const index = access.groups.findIndex((group) => name === group.name || name.startsWith(`${group.name}.`));
    return index < 0 ? null : { kind: 'account', id: 'account', ...placeIn(document, ['access', 'groups', index]) };
  }
  const rule = access.rules.find(({ action, group }) => name === (group === undefined ? action : `${action}.${group}`));
  const index = data.exceptions?.findIndex(({ id }) => id === rule?.exception) ?? -1;
  if (!rule || index < 0) return null;
  const place = placeIn(document, ['exceptions', index, 'access']);
  return { kind: 'exception', id: rule.exception, ...place, ...recordOf(entry, rule.exception) };
}

function originInContract(
  { data, document }: Entry<Customer>,
  { terms }: Segment,
  rest: readonly string[],
  day: Day,
): Origin | null {
  const index = data.contracts?.findIndex(({ id }) => id === terms.contract?.id) ?? -1;
  const contract = data.contracts?.[index];
  if (!contract) return null;
  const { at } = lastSaying(contract, ['contracts', index], day, rest[0] ?? 'id');
  return { kind: 'contract', id: contract.id, ...placeIn(document, [...at, ...rest.slice(1)]) };
}

/** The last layer that names the value, or replaces something above it. */
function originOfTerm(
  part: 'billing' | 'support',
  keys: readonly string[],
  layers: readonly TermsLayer[],
  entry: Entry<Customer>,
  world: World,
): Origin | null {
  const layer = layers.findLast((candidate) => names(candidate[part], keys));
  if (!layer) return null;
  const { kind, id } = layer;
  const exception = kind === 'exception' ? entry.data.exceptions?.find((candidate) => candidate.id === id) : undefined;
  return {
    kind,
    id,
    ...placeOfTerm(layer, [part, ...keys], entry, world),
    ...(exception && recordOf(entry, id)),
    ...(exception?.decision === 'promise' && exception.expires !== 'contract' && { until: exception.expires }),
  };
}

function names(tree: unknown, keys: readonly string[]): boolean {
  let value = tree;
  for (const key of keys) {
    if (!isTree(value)) return value !== undefined;
    value = value[key];
  }
  return value !== undefined;
}

function placeOfTerm(layer: TermsLayer, keys: Pointer, entry: Entry<Customer>, world: World) {
  const { kind, id, at = [] } = layer;
  const plan = world.plans.get(id);
  if (kind === 'plan' && plan) return placeIn(plan.document, ['standardTerms', ...keys]);
  if (kind === 'addOn' && world.menu) return placeIn(world.menu.document, ['addOns', id, 'terms', ...keys]);
  return placeIn(entry.document, [...at, ...(kind === 'exception' ? ['terms'] : []), ...keys]);
}
