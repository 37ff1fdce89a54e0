import type { Account } from '../client/terms.ts';
import type { Refused } from './evaluate.ts';

/** An evaluation context: `targetingKey` is a customer or an account, `plan` and `quantities` say what an account has. */
export type AskedContext = { readonly [attribute: string]: unknown };

/** No customer and no plan has a longer name; what is longer need not be looked for. */
const LONGEST = 512;
const FLAT = 'quantities.';

/**
 * Whom an evaluation context is about. Quantities are an object of numbers, or attributes `quantities.<setting>`, for clients
 * whose contexts are flat.
 */
export function readContext(context: AskedContext): Account | Refused {
  let targetingKey: unknown;
  let plan: unknown;
  let quantities: unknown;
  let flat: [setting: string, quantity: unknown][] | undefined;
  // Gone through once: every context is an object of its own kind, and to look for what is not there takes long.
  for (const name in context) {
    if (name === 'targetingKey') targetingKey = context[name];
    else if (name === 'plan') plan = context[name];
    else if (name === 'quantities') quantities = context[name];
    else if (name.startsWith(FLAT)) {
      flat ??= [];
      flat.push([name.slice(FLAT.length), context[name]]);
    }
  }
  if (targetingKey === undefined || targetingKey === null || targetingKey === '')
    return { error: 'TARGETING_KEY_MISSING', message: 'targetingKey is missing; it is the customer or the account' };
  if (typeof targetingKey !== 'string') return invalid('targetingKey is not text');
  if (targetingKey.length > LONGEST) return invalid(`targetingKey is longer than ${LONGEST} characters`);
  if (!isSaid(plan) && !isSaid(quantities) && !flat) return { account: targetingKey };
  if (isSaid(plan) && (typeof plan !== 'string' || plan.length > LONGEST))
    return invalid('plan is not text like "studio@2"');
  if (isSaid(quantities) && !isRecord(quantities)) return invalid('quantities are not an object of numbers by setting');
  const bought = [...Object.entries(quantities ?? {}), ...(flat ?? [])].filter(([, quantity]) => isSaid(quantity));
  const other = bought.find(([, quantity]) => typeof quantity !== 'number');
  if (other) return invalid(`quantities: ${other[0]} is not a number`);
  return {
    account: targetingKey,
    ...(isSaid(plan) && { plan: plan as string }),
    ...(bought.length > 0 && { quantities: Object.fromEntries(bought) as Record<string, number> }),
  };
}

const invalid = (message: string): Refused => ({ error: 'INVALID_CONTEXT', message });

const isSaid = (attribute: unknown): boolean => attribute !== undefined && attribute !== null;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
