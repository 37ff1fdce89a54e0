import type { Customer } from '../../schemas/customer.ts';
import type { Pointer } from '../document.ts';
import type { World } from '../model.ts';
import { defineCheck } from './check.ts';
import { placeIn } from './facts/place-in.ts';

export const check = defineCheck({
  name: 'plan-not-sold',
  summary: 'somebody gets a plan that is no longer sold, without having had it',
  scope: 'change',
  severity: 'error',
  options: {},
  example: {
    finds: { 'customers/globex.yaml': 'plan: studio@1' },
    ignores: { 'customers/globex.yaml': 'plan: studio@2' },
  },
  *find(change) {
    const { base, head } = change;
    const isSold = ({ plans }: World, ref: string) => plans.get(ref)?.data.sold !== false;
    // The first change of a repository brings everybody as they are.
    if (base.model.customers.size === 0) return;
    for (const { before, after } of change.customers) {
      if (!after) continue;
      const had = new Set(before ? plansOf(before.data).map(({ plan }) => plan) : []);
      for (const { plan, at } of plansOf(after.data)) {
        if (had.has(plan) || (isSold(head.model.world, plan) && isSold(base.model.world, plan))) continue;
        had.add(plan);
        const others = [...head.model.world.plans].filter(
          ([ref, { data }]) => ref.split('@')[0] === plan.split('@')[0] && data.sold !== false,
        );
        yield {
          at: placeIn(after, ...at),
          message: `${plan} is no longer sold, and ${after.data.name} has never had it`,
          help: others.length > 0 ? `sell ${others.at(-1)?.[0]}` : 'sell a plan that is sold',
        };
      }
    }
  },
});

/** Every plan a file names, and where. */
function plansOf({ plan, amendments = [], trials = [], contracts = [] }: Customer): { plan: string; at: Pointer }[] {
  const said = (ref: string | undefined, ...at: Pointer) =>
    ref === undefined ? [] : [{ plan: ref, at: [...at, 'plan'] }];
  return [
    ...said(plan),
    ...amendments.flatMap((amendment, index) => said(amendment.plan, 'amendments', index)),
    ...trials.flatMap((trial, index) => said(trial.plan, 'trials', index)),
    ...contracts.flatMap((contract, index) => [
      ...said(contract.plan, 'contracts', index),
      ...(contract.amendments ?? []).flatMap((amendment, at) =>
        said(amendment.plan, 'contracts', index, 'amendments', at),
      ),
    ]),
  ];
}
