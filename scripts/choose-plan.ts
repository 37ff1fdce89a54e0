import type { Model } from '../engine/model.ts';
import { UsageError } from '../engine/usage-error.ts';
import type { Ask } from './ask.ts';

/** Asks for one of the plans that are sold, the cheapest order first. `undefined` where there is none. */
export async function choosePlan(ask: Ask, { world }: Model, message: string): Promise<string> {
  const sold = [...world.plans.values()]
    .filter(({ data }) => data.sold !== false)
    .sort((one, other) => one.data.rank - other.data.rank);
  if (sold.length === 0)
    throw new UsageError('no plan is sold', 'a plan is a file below plans/; `proviso new plan` writes one');
  return ask({ message, choices: sold.map(({ id, data }) => ({ value: id, hint: data.name })) });
}
