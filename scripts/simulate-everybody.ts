import { checkWorld } from '../engine/compile/check-world.ts';
import { moveText } from '../engine/report/move-text.ts';
import { simulateMove } from '../engine/simulate/simulate-move.ts';
import { UsageError } from '../engine/usage-error.ts';
import type { Context, ExitCode } from './command.ts';
import { findPlan } from './find-plan.ts';
import { openRepository } from './open-repository.ts';
import { openUsage } from './open-usage.ts';
import type { SimulateOptions } from './read-supposed.ts';
import { report } from './report.ts';

/** Simulates moving everybody from one plan version to another. */
export async function simulateEverybody(context: Context, options: SimulateOptions): Promise<ExitCode> {
  const { from, plan } = options;
  if (from === undefined || plan === undefined)
    throw new UsageError(
      from === undefined ? 'say which customer' : `say where everybody on ${from} moves to`,
      '`proviso simulate <customer>`, or `proviso simulate --from <plan> --plan <plan>` for everybody on a plan',
    );
  if (
    options.stage !== undefined ||
    options.event !== undefined ||
    options.since !== undefined ||
    options.quantity.length > 0
  )
    throw new UsageError(
      'everybody on a plan moves with what they have',
      'only --plan, --usage and --at go with --from',
    );
  const { model, settings, files, diagnostics } = await openRepository(context, { ref: options.ref });
  if (Object.keys(settings).length === 0) return report(context, { diagnostics, sources: files });
  findPlan(model, from);
  findPlan(model, plan);
  context.progress(`simulating ${model.customers.size} customers …`);
  const usageOf = openUsage(context.root, options.usage, settings, 'many');
  const { move, diagnostics: found } = simulateMove(model, { from, plan, at: context.at.day }, usageOf);
  return report(context, {
    diagnostics: [...diagnostics, ...checkWorld(model.world), ...found],
    sources: files,
    json: () => move,
    text: () => moveText(move, settings),
  });
}
