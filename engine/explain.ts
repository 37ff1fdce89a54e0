import { onDay } from '../runtime/terms/at.ts';
import { forEver, previousDay } from '../runtime/terms/days.ts';
import { foldSetting } from '../runtime/terms/fold.ts';
import type { Access, ContractTerms, Day, Layer, Stage, TermsTree, Value } from '../runtime/terms/timeline.ts';
import type { Customer } from '../schemas/customer.ts';
import type { Exception } from '../schemas/exception.ts';
import type { CompiledCustomer } from './compile/compile-customer.ts';
import type { TermsLayer } from './compile/contract-course.ts';
import type { ExceptionCourse } from './compile/exception-course.ts';
import { pointerSteps } from './compile/pointer-text.ts';
import type { Document, Pointer } from './document.ts';
import { type ExceptionState, exceptionState } from './exception-state.ts';
import { type ExplainedAddOn, explainAddOns } from './explain-add-on.ts';
import type { Entry, World } from './model.ts';
import { planOrigin } from './plan-origin.ts';
import type { RecordApproval, RecordApprovals } from './verify/record-approvals.ts';
import { recordAt } from './verify/records-of.ts';

/** Where a value comes from, down to the line that says it. */
export interface Origin {
  kind: 'default' | Layer['kind'] | TermsLayer['kind'];
  id?: string;
  path: string;
  line: number;
  because?: string;
  owner?: string;
  /** The last day included, where one is known. */
  until?: Day;
  /** What gave it has ended; the value is held since that day. */
  heldSince?: Day;
  /** The value that would apply if it were not held. */
  wouldBe?: Value;
  /** Who approved the record that gives it, where that is known. */
  approvedBy?: readonly RecordApproval[];
}

export interface Explained<T> {
  value: T;
  origin: Origin;
}

export interface ExplainedException {
  id: string;
  decision: Exception['decision'];
  state: ExceptionState;
  need: string;
  because: string;
  owner: string;
  askedBy: string;
  starts?: Day;
  expires?: Day | 'contract';
  droppedOn?: Day;
  droppedBy?: string;
  /** Who approved what it says now, where that is known. */
  approvedBy?: readonly RecordApproval[];
  path: string;
  line: number;
}

export interface Explanation {
  customer: string;
  name: string;
  at: Day;
  plan: string;
  planOrigin: Origin;
  stage: Stage;
  settings: Record<string, Explained<Value>>;
  terms: {
    billing: Record<string, Explained<unknown>>;
    support: Record<string, Explained<unknown>>;
    contract: ContractTerms | null;
  };
  access: Access;
  addOns: ExplainedAddOn[];
  exceptions: ExplainedException[];
}

/**
 * Every value of a customer on a day with the line that gives it, and every add-on and exception with what became of it.
 * `approvals` is who approved its records, as far as that is known.
 */
export function explainCustomer(
  entry: Entry<Customer>,
  compiled: CompiledCustomer,
  world: World,
  day: Day,
  approvals: RecordApprovals = new Map(),
): Explanation {
  if (!compiled.timeline) throw new RangeError(`${entry.id} has no timeline`);
  const segment = onDay(compiled.timeline, day);
  const approved = (at: Pointer | undefined): Pick<Origin, 'approvedBy'> => {
    const approvedBy = approvals.get((at && recordAt(entry.data, at)) ?? '');
    return approvedBy ? { approvedBy } : {};
  };
  const settings: Record<string, Explained<Value>> = {};
  for (const key of Object.keys(world.settings)) {
    const { value, layer } = foldSetting(world.settings, key, segment.layers);
    const origin = settingOrigin(key, layer, segment.layers, entry, compiled, world);
    settings[key] = { value, origin: { ...origin, ...approved(pointerSteps(layer?.at ?? '')) } };
  }
  const layers = compiled.termsLayersOn(day);
  const terms = (part: 'billing' | 'support', tree: TermsTree) =>
    Object.fromEntries(
      Object.entries(tree).map(([key, value]) => {
        const layer = layers.findLast((candidate) => Object.hasOwn(candidate[part] ?? {}, key));
        const origin = termOrigin(part, key, layer, entry, compiled, world);
        return [key, { value, origin: { ...origin, ...approved(layer?.at) } }];
      }),
    );
  return {
    customer: entry.id,
    name: entry.data.name,
    at: day,
    plan: segment.plan,
    planOrigin: planOrigin(entry, world, segment, day),
    stage: segment.stage,
    settings,
    terms: {
      billing: terms('billing', segment.terms.billing),
      support: terms('support', segment.terms.support),
      contract: segment.terms.contract,
    },
    access: segment.access,
    addOns: explainAddOns(entry, world, segment.plan, day),
    exceptions: (entry.data.exceptions ?? []).map((exception, index) => {
      const course = compiled.exceptions.find((candidate) => candidate.index === index);
      const { path, line, ...said } = explainException(exception, index, course, entry.document, day);
      return { ...said, ...approved(['exceptions', index]), path, line };
    }),
  };
}

const placeOf = (
  document: Document | undefined,
  fallback: string,
  pointer: Pointer,
): { path: string; line: number } => {
  const at = document?.locate(pointer, 'key');
  return { path: at?.path ?? fallback, line: at?.start.line ?? 1 };
};

function settingOrigin(
  key: string,
  layer: Layer | undefined,
  layers: readonly Layer[],
  entry: Entry<Customer>,
  compiled: Pick<CompiledCustomer, 'exceptions'>,
  world: World,
): Origin {
  if (!layer) return { kind: 'default', path: 'schemas/settings.ts', line: 1 };
  const place = placeOfLayer(key, layer, entry, world);
  const exception = entry.data.exceptions?.find(({ id }) => layer.kind === 'exception' && id === layer.id);
  return {
    kind: layer.kind,
    id: layer.id,
    ...place,
    ...(exception && { because: exception.because, owner: exception.owner }),
    ...(!layer.heldSince && endOf(layer, compiled)),
    ...(layer.heldSince && {
      heldSince: layer.heldSince,
      wouldBe: foldSetting(
        world.settings,
        key,
        layers.filter((other) => other !== layer),
      ).value,
    }),
  };
}

/** The last day of a layer; an exception may be dropped before it expires. */
function endOf(
  layer: { kind: string; id: string; until?: Day },
  { exceptions }: Pick<CompiledCustomer, 'exceptions'>,
): { until?: Day } {
  const course = layer.kind === 'exception' ? exceptions.find(({ exception }) => exception.id === layer.id) : undefined;
  const until = course ? lastDayOf(course) : layer.until;
  return until === undefined ? {} : { until };
}

const lastDayOf = ({ lastDay, droppedOn }: ExceptionCourse): Day | undefined =>
  droppedOn === undefined ? (lastDay === forEver ? undefined : lastDay) : previousDay(droppedOn);

function placeOfLayer(key: string, layer: Layer, entry: Entry<Customer>, world: World): { path: string; line: number } {
  switch (layer.kind) {
    case 'plan':
      return placeOf(world.plans.get(layer.id)?.document, `plans/${layer.id}.yaml`, ['settings', key]);
    case 'stage':
      return placeOf(world.lifecycle?.document, 'policies/lifecycle.yaml', ['stages', layer.id, 'set', key]);
    default: {
      const at = pointerSteps(layer.at ?? '');
      const inside =
        layer.kind === 'quantity' ? [key] : layer.kind === 'exception' ? [layer.add ? 'add' : 'set', key] : [];
      return placeOf(entry.document, entry.document.path, [...at, ...inside]);
    }
  }
}

function termOrigin(
  part: 'billing' | 'support',
  key: string,
  layer: TermsLayer | undefined,
  entry: Entry<Customer>,
  compiled: Pick<CompiledCustomer, 'exceptions'>,
  world: World,
): Origin {
  if (!layer) return { kind: 'default', path: entry.document.path, line: 1 };
  const exception = layer.kind === 'exception' ? entry.data.exceptions?.find(({ id }) => id === layer.id) : undefined;
  return {
    kind: layer.kind,
    id: layer.id,
    ...placeOfTerm(part, key, layer, entry, world),
    ...(exception && { because: exception.because, owner: exception.owner }),
    ...endOf(layer, compiled),
  };
}

function placeOfTerm(
  part: string,
  key: string,
  layer: TermsLayer,
  entry: Entry<Customer>,
  world: World,
): { path: string; line: number } {
  if (layer.kind === 'plan')
    return placeOf(world.plans.get(layer.id)?.document, `plans/${layer.id}.yaml`, ['standardTerms', part, key]);
  if (layer.kind === 'addOn')
    return placeOf(world.menu?.document, 'policies/menu.yaml', ['addOns', layer.id, 'terms', part, key]);
  return placeOf(entry.document, entry.document.path, [
    ...(layer.at ?? []),
    ...(layer.kind === 'exception' ? ['terms'] : []),
    part,
    key,
  ]);
}

function explainException(
  exception: Exception,
  index: number,
  course: ExceptionCourse | undefined,
  document: Document,
  day: Day,
): ExplainedException {
  return {
    id: exception.id,
    decision: exception.decision,
    state: exceptionState(exception, course, day),
    need: exception.need,
    because: exception.because,
    owner: exception.owner,
    askedBy: exception.askedBy,
    ...('starts' in exception && { starts: exception.starts, expires: exception.expires }),
    ...(course?.droppedOn && { droppedOn: course.droppedOn, droppedBy: course.droppedBy }),
    ...placeOf(document, document.path, ['exceptions', index]),
  };
}
