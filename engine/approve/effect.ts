import { sinceEver } from '../../runtime/terms/days.ts';
import { foldSetting } from '../../runtime/terms/fold.ts';
import type { Day, Segment } from '../../runtime/terms/timeline.ts';
import type { Customer } from '../../schemas/customer.ts';
import type { Exception } from '../../schemas/exception.ts';
import type { CompiledCustomer } from '../compile/compile-customer.ts';
import type { Change } from '../diff/diff.ts';
import { segmentsIn } from '../diff/learned.ts';
import { originOf, type Subject } from '../diff/origin-of.ts';
import type { Entry, World } from '../model.ts';

/** A customer on one side, as far as one change is about it. */
export interface EffectSide extends Subject {
  /** Those in force on a day of the change. */
  segments: readonly Segment[];
}

/** Who gives a value on some days of a change. */
export interface Giver {
  kind: string;
  id: string;
}

/** One effective change of one customer, with what lines ask about it; each is worked out when first asked for. */
export interface Effect {
  customer: string;
  change: Change;
  before: EffectSide | undefined;
  after: EffectSide | undefined;
  /** The day from which counts what the base does not have; absent where nobody knows what it had. */
  since: Day | undefined;
  /** The base has no terms of the customer. */
  isNew: boolean;
  /** The customer's own file says something else. */
  isEdited: boolean;
  /** The base has a contract in force on some day of the change. */
  underContract: boolean;
  /** Everybody who gives the new value on some day of the change. */
  givers: readonly Giver[];
  /** The ids of the exceptions that do it: those that give the new value, else those that gave the old one. */
  exceptions: readonly string[];
}

type Sided = readonly [entry: Entry<Customer> | undefined, compiled: CompiledCustomer | undefined, world: World];

/** A customer as the base and the head have it. */
export type FindCustomer = (customer: string) => readonly [base: Sided, head: Sided];

/** What an effect is found from. */
interface Sides {
  customer: readonly [base: Sided, head: Sided];
  before: EffectSide | undefined;
  after: EffectSide | undefined;
}

export type FindSides = (customer: string, change: Change) => Sides;

/** Many things are asked of one effect after the other. Of the last it is kept: a shared edit has an effect on everybody, and nobody could hold them all. */
export function findSides(find: FindCustomer): FindSides {
  let last: { change: Change; sides: Sides } | undefined;
  return (id, change) => {
    if (last?.change !== change) {
      const customer = find(id);
      const [before, after] = [sideOf(customer[0], change), sideOf(customer[1], change)];
      last = { change, sides: { customer, before, after } };
    }
    return last.sides;
  };
}

/** What was seen of a customer before anybody asks, so that nobody has to be found for it. */
export interface SeenBefore extends Pick<Effect, 'isNew' | 'isEdited' | 'underContract'> {
  since?: Day;
  /** Neither side has an exception. */
  isPlain?: boolean;
}

/** Looks at a change of a customer; what was not seen before is worked out when it is asked for. */
export function effectOf(
  customer: string,
  change: Change,
  find: FindSides,
  { since, isPlain = false, ...seen }: SeenBefore,
): Effect {
  let givers: readonly Giver[] | undefined;
  let exceptions: readonly string[] | undefined = isPlain ? [] : undefined;
  return {
    customer,
    change,
    since,
    ...seen,
    get before() {
      return find(customer, change).before;
    },
    get after() {
      return find(customer, change).after;
    },
    get givers() {
      givers ??= change.to === null ? [] : giversOf(change, find(customer, change).after);
      return givers;
    },
    get exceptions() {
      exceptions ??= exceptionsOf(this, change, find(customer, change));
      return exceptions;
    },
  };
}

/** Most customers have none, and to ask who gives a term is work. */
function exceptionsOf(
  effect: Pick<Effect, 'givers'>,
  change: Change,
  { customer: [base, head], before }: Sides,
): readonly string[] {
  const have = ([entry]: Sided): boolean => (entry?.data.exceptions?.length ?? 0) > 0;
  const young = have(head) ? idsOf(effect.givers) : [];
  return young.length === 0 && change.from !== null && have(base) ? idsOf(giversOf(change, before)) : young;
}

const idsOf = (givers: readonly Giver[]): string[] =>
  [...new Set(givers.flatMap(({ kind, id }) => (kind === 'exception' ? [id] : [])))].sort();

const sideOf = ([entry, compiled, world]: Sided, change: Change): EffectSide | undefined =>
  entry && compiled?.timeline && { entry, compiled, world, segments: segmentsIn(compiled.timeline, change) };

function giversOf({ path, effective }: Change, side: EffectSide | undefined): Giver[] {
  if (!side) return [];
  const start = effective ?? sinceEver;
  const givers = side.segments.map((segment) => {
    const from = segment.from ?? sinceEver;
    return giverIn(path, side, segment, from < start ? start : from);
  });
  return [...new Map(givers.map((giver) => [`${giver.kind} ${giver.id}`, giver])).values()];
}

/** As `originOf` says it, without the place of it where that is all the work. */
function giverIn(path: string, side: EffectSide, segment: Segment, day: Day): Giver {
  const [area, part = '', ...rest] = path.split('.');
  if (area === 'settings') {
    const { layer } = foldSetting(side.world.settings, part, segment.layers);
    return layer ? { kind: layer.kind, id: layer.id } : { kind: 'default', id: part };
  }
  if (area === 'access' && part === 'rules') {
    const name = rest.join('.');
    const rule = segment.access.rules.find(
      ({ action, group }) => name === (group === undefined ? action : `${action}.${group}`),
    );
    return rule ? { kind: 'exception', id: rule.exception } : { kind: 'account', id: 'account' };
  }
  if (area === 'terms' && part !== 'contract') {
    const origin = originOf(path, side, day);
    return { kind: origin?.kind ?? 'account', id: origin?.id ?? 'account' };
  }
  return { kind: 'account', id: 'account' };
}

/** The record of an exception on the side that has it, the new one before the old one. */
export function recordOf({ after, before }: Pick<Effect, 'after' | 'before'>, id: string): Exception | undefined {
  return findRecord(after?.entry, id) ?? findRecord(before?.entry, id);
}

export const findRecord = (entry: Entry<Customer> | undefined, id: string): Exception | undefined =>
  entry?.data.exceptions?.find((record) => record.id === id);
