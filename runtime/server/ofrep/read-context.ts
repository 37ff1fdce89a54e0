import type { Account } from '../../client/terms.ts';
import type { Fault } from './fault.ts';

/** No customer and no plan has a longer name; what is longer need not be looked for. */
const LONGEST = 512;
const FLAT = 'quantities.';

/**
 * The customer or account that the body of a request names: `{ context: { targetingKey, plan?, quantities? } }`. Quantities
 * are an object of numbers, or attributes `quantities.<setting>`, for clients whose contexts are flat.
 */
export function readContext(body: Uint8Array): Account | Fault {
  const asked = parse(body);
  if (asked === undefined) return { errorCode: 'PARSE_ERROR', details: 'the body is not JSON' };
  if (!isRecord(asked.value)) return invalid('the body is not an object with a context');
  const { context } = asked.value;
  if (!isRecord(context)) return invalid('context is not an object');
  const { targetingKey, plan, quantities } = context;
  if (targetingKey === undefined || targetingKey === null || targetingKey === '')
    return {
      errorCode: 'TARGETING_KEY_MISSING',
      details: 'targetingKey is missing; it is the customer or the account',
    };
  if (typeof targetingKey !== 'string') return invalid('targetingKey is not text');
  if (targetingKey.length > LONGEST) return invalid(`targetingKey is longer than ${LONGEST} characters`);
  if (isSaid(plan) && (typeof plan !== 'string' || plan.length > LONGEST))
    return invalid('plan is not text like "studio@2"');
  if (isSaid(quantities) && !isRecord(quantities)) return invalid('quantities is not an object of numbers');
  const bought = [
    ...Object.entries((quantities ?? {}) as Readonly<Record<string, unknown>>),
    ...Object.entries(context).flatMap(([name, value]) =>
      name.startsWith(FLAT) ? [[name.slice(FLAT.length), value] as const] : [],
    ),
  ].filter(([, quantity]) => isSaid(quantity));
  if (bought.some(([, quantity]) => typeof quantity !== 'number')) return invalid('quantities are not all numbers');
  return {
    account: targetingKey,
    ...(isSaid(plan) && { plan: plan as string }),
    ...(bought.length > 0 && { quantities: Object.fromEntries(bought) as Record<string, number> }),
  };
}

function parse(body: Uint8Array): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) };
  } catch {
    return undefined;
  }
}

const invalid = (details: string): Fault => ({ errorCode: 'INVALID_CONTEXT', details });

const isSaid = (value: unknown): boolean => value !== undefined && value !== null;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
