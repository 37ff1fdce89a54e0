import type { Supposed } from '../engine/simulate/simulation.ts';
import { UsageError } from '../engine/usage-error.ts';
import type { Stage } from '../runtime/terms/timeline.ts';
import { dayIn } from './parse-days.ts';
import { parseQuantities } from './parse-quantities.ts';

export interface SimulateOptions {
  plan: string | undefined;
  stage: string | undefined;
  event: string | undefined;
  since: string | undefined;
  quantity: readonly string[];
  usage: string | undefined;
  from: string | undefined;
  ref: string | undefined;
}

const events = ['upgrade', 'downgrade', 'lapse'] as const;

/** What `simulate <customer>` is asked to suppose. Throws `UsageError` for flags that do not go together. */
export function readSupposed(at: string, options: SimulateOptions): Supposed {
  const { plan, stage, event, since, from } = options;
  const quantities = options.quantity.length > 0 ? parseQuantities(options.quantity) : undefined;
  if (from !== undefined) throw new UsageError('--from moves everybody on a plan', 'leave out the customer, or --from');
  if (stage !== undefined && event !== undefined)
    throw new UsageError('--stage and --event are two questions', 'ask one');
  const isTrial = stage === 'trial' || stage === 'pilot';
  if (stage !== undefined && !isTrial && (plan !== undefined || quantities))
    throw new UsageError(
      `--stage ${stage} takes no plan and no quantities`,
      'ask for the stage and for the plan one after the other',
    );
  if (event === 'lapse' && (plan !== undefined || quantities))
    throw new UsageError('a lapse buys nothing', 'leave out --plan and --quantity');
  if (stage === undefined && event === undefined && plan === undefined && !quantities)
    throw new UsageError(
      'say what is supposed to happen',
      '--plan <plan>, --quantity <setting=n>, --stage <stage>, or --event upgrade, downgrade or lapse',
    );
  if (since !== undefined && stage !== 'pastDue' && stage !== 'suspended')
    throw new UsageError('--since is when pastDue or suspended began', 'add --stage pastDue, or leave it out');
  const began = since === undefined ? undefined : readDay(since);
  if (began !== undefined && began > at)
    throw new UsageError(`--since ${began} is later than ${at}, the day asked about`);
  return {
    at,
    plan,
    quantities,
    stage: stage as Stage | undefined,
    event: events.find((one) => one === event),
    since: began,
  };
}

function readDay(text: string): string {
  const day = dayIn(text);
  if (day === undefined) throw new UsageError(`--since is a day like 2026-06-03, not "${text}"`);
  return day;
}
