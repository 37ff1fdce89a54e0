import { describe, expect, it } from 'vitest';
import { type CompiledCustomer, compileCustomer } from '../../../../engine/compile/compile-customer.ts';
import { type PreparedWorld, prepareWorld } from '../../../../engine/compile/prepare-world.ts';
import { explainCustomer } from '../../../../engine/explain.ts';
import type { Entry } from '../../../../engine/model.ts';
import { normaliseSettings } from '../../../../engine/schemas/normalise-settings.ts';
import { onDay } from '../../../../runtime/terms/at.ts';
import { addDays } from '../../../../runtime/terms/days.ts';
import { fold, foldSetting } from '../../../../runtime/terms/fold.ts';
import type { Customer } from '../../../../schemas/customer.ts';
import { type PlainWorld, plainCustomer, plainWorld } from '../../../fixtures/plain-model.ts';
import { answersBetween, faultsOf } from '../../../oracle/model.ts';
import { world as sample } from '../../../oracle/sample-world.ts';
import type { AccessRule, CustomerData, Tree, Values, World } from '../../../oracle/world.ts';

/** Everything that is visible of a customer on a day. */
export interface Seen {
  plan: string;
  stage: string;
  settings: Values;
  billing: Tree;
  support: Tree;
  groups: unknown[];
  rules: AccessRule[];
  /** What became of every exception that takes effect. */
  exceptions: Record<string, string>;
  /** Settings whose giver has ended, sorted. */
  held: string[];
  /** By setting the last day of what gives its value, where that states one. */
  until: Record<string, string>;
  /** The exceptions whose promises count. */
  promised: string[];
}

/** One sentence of the language with days that tell it from the nearest wrong reading. */
export interface Rule {
  says: string;
  not: string;
  who: CustomerData;
  see: (seen: Seen) => unknown;
  days: Readonly<Record<string, unknown>>;
  where?: World;
}

export interface Compiled {
  entry: Entry<Customer>;
  compiled: CompiledCustomer;
  prepared: PreparedWorld;
}

/** A customer of the sample company (or of `where`) as the engine compiles it. */
export function compileSample(who: CustomerData, where: World = sample): Compiled {
  const world = plainWorld({ ...(where as unknown as PlainWorld), settings: normaliseSettings(where.settings) });
  const prepared = prepareWorld(world);
  const entry = plainCustomer('acme', who as unknown as Customer);
  return { entry, compiled: compileCustomer(entry, prepared), prepared };
}

/** The segments of a sound customer, from `null` on. */
export function segmentsOf(who: CustomerData, where?: World) {
  const { compiled } = compileSample(who, where);
  expect(compiled.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return compiled.timeline?.segments ?? [];
}

function seenByEngine({ entry, compiled, prepared }: Compiled, day: string): Seen {
  const { plan, stage, layers, terms, access, promised = [] } = onDay(compiled.timeline as never, day);
  const { exceptions } = explainCustomer(entry, compiled, prepared.world, day);
  return {
    plan,
    stage,
    settings: fold(prepared.settings, layers) as Values,
    billing: terms.billing as Tree,
    support: terms.support as Tree,
    groups: [...access.groups],
    rules: access.rules.map(({ exception: _, ...rule }) => rule) as AccessRule[],
    exceptions: Object.fromEntries(
      exceptions.flatMap(({ id, state }) => (state === 'refused' || state === 'recorded' ? [] : [[id, state]])),
    ),
    held: [
      ...new Set(layers.flatMap(({ heldSince, set }) => (heldSince === undefined ? [] : Object.keys(set ?? {})))),
    ].sort(),
    until: Object.fromEntries(
      Object.keys(prepared.settings).flatMap((key) => {
        const until = foldSetting(prepared.settings, key, layers).layer?.until;
        return until === undefined ? [] : [[key, until]];
      }),
    ),
    promised: [...promised],
  };
}

function seenByModel(who: CustomerData, where: World, days: readonly string[]): Seen[] {
  const answers = answersBetween(where, who, days[0] as string, days.at(-1) as string);
  return days.map((day) => {
    const { terms, access, held, ...rest } = answers.get(day) as NonNullable<ReturnType<typeof answers.get>>;
    const { billing, support } = terms;
    return { ...rest, billing, support, groups: access.groups, rules: access.rules, held: [...held].sort() };
  });
}

/** Runs each rule through the compiled timeline and through the day-by-day model: both see the whole day alike. */
export function prove(topic: string, rules: readonly Rule[]): void {
  describe(`${topic}`, () => {
    it.each(rules.map((rule) => [`${rule.says} (not: ${rule.not})`, rule] as const))('%s', (_, rule) => {
      const { who, see, where = sample } = rule;
      const engine = compileSample(who, where);
      expect(engine.compiled.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(faultsOf(where, who)).toEqual([]);
      const seen = (day: string) => see(seenByEngine(engine, day));
      expect(Object.fromEntries(Object.keys(rule.days).map((day) => [day, seen(day)]))).toEqual(rule.days);
      const turns = engine.compiled.timeline?.segments.flatMap(({ from }) => (from ? [addDays(from, -1), from] : []));
      const days = [...new Set([...Object.keys(rule.days), ...(turns ?? [])])].sort();
      expect(days.map((day) => [day, seenByEngine(engine, day)])).toEqual(
        seenByModel(who, where, days).map((answer, index) => [days[index], answer]),
      );
    });
  });
}

export const planAndStage = ({ plan, stage }: Seen): string => `${plan} ${stage}`;
export const setting =
  (...keys: string[]) =>
  ({ settings }: Seen): unknown =>
    keys.length === 1 ? settings[keys[0] as string] : keys.map((key) => settings[key]);
export const state =
  (id = 'EX-1') =>
  ({ exceptions }: Seen): unknown =>
    exceptions[id];
export const billing =
  (...keys: string[]) =>
  (seen: Seen): unknown =>
    keys.length === 1 ? seen.billing[keys[0] as string] : keys.map((key) => seen.billing[key]);
export const support =
  (...keys: string[]) =>
  (seen: Seen): unknown =>
    keys.length === 1 ? seen.support[keys[0] as string] : keys.map((key) => seen.support[key]);
