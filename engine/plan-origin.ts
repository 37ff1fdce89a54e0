import { becoming, planOn } from '../runtime/terms/becoming.ts';
import type { Day, Segment } from '../runtime/terms/timeline.ts';
import type { Customer } from '../schemas/customer.ts';
import { basePlanOn } from './compile/base-plan-on.ts';
import { movableIn } from './compile/movable-in.ts';
import type { Document, Pointer } from './document.ts';
import type { Origin } from './explain.ts';
import { lastSaying } from './last-saying.ts';
import type { Entry, World } from './model.ts';

/** The line that gives the plan of a day: of a trial, a contract, the account, a plan that became it, or the policy. */
export function planOrigin(
  { data, document }: Entry<Customer>,
  world: World,
  { plan, terms }: Pick<Segment, 'plan' | 'terms'>,
  day: Day,
): Origin {
  const trial = terms.contract ? undefined : data.trials?.findIndex(({ starts, ends }) => starts <= day && day <= ends);
  const running = data.trials?.[trial ?? -1];
  if (running?.plan === plan && trial !== undefined)
    return { kind: 'trial', id: running.kind, ...placeIn(document, ['trials', trial, 'plan']) };
  const index = data.contracts?.findIndex(({ id }) => id === terms.contract?.id) ?? -1;
  const contract = data.contracts?.[index];
  const said = contract && lastSaying(contract, ['contracts', index], day, 'plan');
  if (contract && said?.value === plan) return { kind: 'contract', id: contract.id, ...placeIn(document, said.at) };

  const movable = movableIn(world);
  const base = basePlanOn(data, movable, day);
  const { lifecycle } = world;
  const named = lifecycle?.data.stages.lapsed?.plan;
  const fallBack = named === undefined ? undefined : planOn(becoming(named, movable, data.staysOn), day);
  const isBase = base.plan === plan || fallBack?.plan !== plan;
  const by = world.plans.get((isBase ? base : fallBack).by ?? '');
  if (by) return { kind: 'plan', id: by.id, ...placeIn(by.document, ['becomes']) };
  if (!isBase && lifecycle)
    return { kind: 'stage', id: 'lapsed', ...placeIn(lifecycle.document, ['stages', 'lapsed', 'plan']) };
  return { kind: 'account', id: 'account', ...placeIn(document, base.at) };
}

function placeIn(document: Document, pointer: Pointer): { path: string; line: number } {
  const { path, start } = document.locate(pointer, 'key');
  return { path, line: start.line };
}
