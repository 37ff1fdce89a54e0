import { forEver, nextDay, sinceEver } from '../../runtime/terms/days.ts';
import { foldSetting } from '../../runtime/terms/fold.ts';
import type { Day, Segment } from '../../runtime/terms/timeline.ts';
import type { Customer } from '../../schemas/customer.ts';
import type { Exception } from '../../schemas/exception.ts';
import type { CompiledCustomer } from '../compile/compile-customer.ts';
import type { Change } from '../diff/diff.ts';
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
  /** Everybody who gives the new value on some day of the change. */
  givers: readonly Giver[];
  /** The ids of the exceptions that do it: those that give the new value, else those that gave the old one. */
  exceptions: readonly string[];
}

type Sided = readonly [entry: Entry<Customer> | undefined, compiled: CompiledCustomer | undefined, world: World];

/** Looks at a change of a customer; nothing is worked out before it is asked for. */
export function effectOf(customer: string, change: Change, base: Sided, head: Sided, since?: Day): Effect {
  let sides: readonly [EffectSide | undefined, EffectSide | undefined] | undefined;
  let givers: readonly Giver[] | undefined;
  let exceptions: readonly string[] | undefined;
  const both = () => {
    sides ??= [sideOf(base, change), sideOf(head, change)];
    return sides;
  };
  return {
    customer,
    change,
    since,
    get before() {
      return both()[0];
    },
    get after() {
      return both()[1];
    },
    get givers() {
      givers ??= change.to === null ? [] : giversOf(change, both()[1]);
      return givers;
    },
    get exceptions() {
      exceptions ??= exceptionsOf(this, change, both()[0], [base, head]);
      return exceptions;
    },
  };
}

/** Most customers have none, and to ask who gives a term is work. */
function exceptionsOf(
  effect: Pick<Effect, 'givers'>,
  change: Change,
  before: EffectSide | undefined,
  [base, head]: readonly [Sided, Sided],
): readonly string[] {
  const have = ([entry]: Sided): boolean => (entry?.data.exceptions?.length ?? 0) > 0;
  const young = have(head) ? idsOf(effect.givers) : [];
  return young.length === 0 && change.from !== null && have(base) ? idsOf(giversOf(change, before)) : young;
}

const idsOf = (givers: readonly Giver[]): string[] =>
  [...new Set(givers.flatMap(({ kind, id }) => (kind === 'exception' ? [id] : [])))].sort();

function sideOf([entry, compiled, world]: Sided, { effective, until }: Change): EffectSide | undefined {
  if (!entry || !compiled?.timeline) return undefined;
  const { segments } = compiled.timeline;
  const [start, end] = [effective ?? sinceEver, until === undefined ? forEver : nextDay(until)];
  return {
    entry,
    compiled,
    world,
    segments: segments.filter(({ from }, index) => {
      const over = segments[index + 1]?.from ?? forEver;
      return (from ?? sinceEver) < end && start < over;
    }),
  };
}

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
