import type { World } from '../model.ts';
import { addOnBought } from '../register/questions/add-on-bought.ts';
import { planNamed } from '../register/questions/plan-named.ts';
import { type Customers, registerOf } from '../register/register.ts';
import { comeTo, fallBackOf, reachOf } from './edit-reach.ts';
import type { Edit } from './find-edits.ts';

type Sides<T> = readonly [base: T, head: T];

/** Ids of the customers on either side for whom edits of what they share may make a difference, in their values or in what shields them. */
export function* concernedBy(edits: readonly Edit[], sides: Sides<Customers>, worlds: Sides<World>): Generator<string> {
  const keys = edits.map((edit) => whomItConcerns(edit, worlds));
  if (keys.includes('everybody')) {
    for (const customers of sides) yield* customers.keys();
    return;
  }
  const registers = sides.map(registerOf);
  for (const asked of keys)
    for (const [question, key] of asked === 'everybody' ? [] : asked)
      for (const register of registers) for (const { customer } of register.find(question, key)) yield customer;
}

type Asked = readonly (readonly [question: typeof planNamed, key: string])[];

function whomItConcerns(edit: Edit, worlds: Sides<World>): Asked | 'everybody' {
  const { room, id, steps } = edit;
  if (room === 'plan') {
    if (comeTo(worlds.flatMap(fallBackOf), worlds).has(id)) return 'everybody';
    return plansComingTo(id, worlds).map((plan) => [planNamed, plan] as const);
  }
  const [first, addOn] = steps;
  if (room === 'menu' && first === 'addOns' && addOn !== undefined) return [[addOnBought, addOn]];
  return reachOf(edit) === 'nothing' ? [] : 'everybody';
}

/** The plan, and every plan that may become it in either world. */
function plansComingTo(id: string, worlds: Sides<World>): string[] {
  const plans = new Set([id, ...worlds.flatMap((world) => [...world.plans.keys()])]);
  return [...plans].filter((plan) => comeTo([plan], worlds).has(id));
}
