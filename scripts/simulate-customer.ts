import { checkWorld } from '../engine/compile/check-world.ts';
import { prepareWorld } from '../engine/compile/prepare-world.ts';
import { simulationText } from '../engine/report/simulation-text.ts';
import { simulate } from '../engine/simulate/simulate.ts';
import type { Context, ExitCode } from './command.ts';
import { findCustomer } from './find-customer.ts';
import { findPlan } from './find-plan.ts';
import { openHead } from './open-head.ts';
import { openUsage } from './open-usage.ts';
import { readSupposed, type SimulateOptions } from './read-supposed.ts';
import { report } from './report.ts';

/** Simulates what is supposed to happen to one customer. */
export async function simulateCustomer(context: Context, named: string, options: SimulateOptions): Promise<ExitCode> {
  const supposed = readSupposed(context.at.day, options);
  const repository = await openHead(context, options.ref);
  const { model, settings, diagnostics } = repository;
  if (Object.keys(settings).length === 0) return report(context, { diagnostics, sources: repository });
  const id = findCustomer(model, named);
  if (supposed.plan !== undefined) findPlan(model, supposed.plan);
  const usage = openUsage(context.root, options.usage, settings, 'one')(id);
  const entry = model.customers.get(id);
  if (!entry) throw new RangeError(`no customer ${id}`);
  const found = simulate(entry, supposed, prepareWorld(model.world), usage);
  const isOfAnother = (path: string) => path.startsWith('customers/') && path !== entry.document.path;
  const all = [...diagnostics, ...checkWorld(model.world), ...found.diagnostics].filter(
    ({ at }) => !isOfAnother(at.path),
  );
  const { simulation } = found;
  if (!simulation) return report(context, { diagnostics: all, sources: repository });
  const { customer, event, at, settings: simulated, exceptions, overCap, terms } = simulation;
  return report(context, {
    diagnostics: all,
    sources: repository,
    json: () => ({
      customer,
      event,
      at,
      settings: simulated,
      exceptions: exceptions.map(({ id: exception, outcome }) => ({ id: exception, outcome })),
      overCap,
      terms,
    }),
    text: () => simulationText(simulation, settings),
  });
}
