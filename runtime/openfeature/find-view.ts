import type { CustomerView } from '../client/customer-view.ts';
import type { Account, LazyReader, Reader } from '../client/terms.ts';
import { TermsError } from '../client/terms-error.ts';
import type { Refused } from './evaluate.ts';

/** An evaluation context: `targetingKey` is a customer or an account, `plan` and `quantities` say what an account has. */
export type AskedContext = { readonly [attribute: string]: unknown };

/**
 * The customer an evaluation context names: at once where the reader has all in memory, else later.
 *
 * @throws StoreError, SnapshotError as the reader does; what is wrong with the context is answered, never thrown.
 */
export function findView(
  reader: Reader | LazyReader,
  context: AskedContext,
): CustomerView | Refused | Promise<CustomerView | Refused> {
  const asked = readContext(context);
  if (typeof asked === 'object' && 'error' in asked) return asked;
  if (typeof asked === 'string') {
    const found = reader.customer(asked);
    return found instanceof Promise ? found.then((view) => view ?? unknown(asked)) : (found ?? unknown(asked));
  }
  try {
    const view = reader.account(asked);
    return view instanceof Promise ? view.catch((error: unknown) => refusal(error, asked)) : view;
  } catch (error) {
    return refusal(error, asked);
  }
}

/** What an evaluation context asks a reader for; an account where it says a plan or quantities. */
function readContext({ targetingKey, plan, quantities }: AskedContext): string | Account | Refused {
  if (targetingKey === undefined || targetingKey === null || targetingKey === '')
    return { error: 'TARGETING_KEY_MISSING', message: 'targetingKey is missing; it is the customer or the account' };
  if (typeof targetingKey !== 'string') return invalid('targetingKey is not text');
  if (!isSaid(plan) && !isSaid(quantities)) return targetingKey;
  const account: Account = { account: targetingKey };
  if (isSaid(plan)) {
    if (typeof plan !== 'string') return invalid('plan is not text like "studio@2"');
    account.plan = plan;
  }
  if (isSaid(quantities)) {
    if (!isRecord(quantities)) return invalid('quantities are not an object of numbers by setting');
    const said = Object.entries(quantities).filter(([, quantity]) => isSaid(quantity));
    const other = said.find(([, quantity]) => typeof quantity !== 'number');
    if (other) return invalid(`quantities: ${other[0]} is not a number`);
    account.quantities = Object.fromEntries(said) as Record<string, number>;
  }
  return account;
}

const invalid = (message: string): Refused => ({ error: 'INVALID_CONTEXT', message });

const unknown = (name: string): Refused =>
  invalid(`${JSON.stringify(name)} has no file; say its plan, and its quantities where it bought any`);

/** What is wrong with what the caller said of an account; everything else is no fault of the context. */
function refusal(error: unknown, { account, plan }: Account): Refused {
  if (!(error instanceof TermsError)) throw error;
  if (error.code === 'planMissing') return unknown(account);
  // The plans there are, the caller may not be meant to know.
  if (error.code === 'unknownPlan') return invalid(`no plan is named ${JSON.stringify(plan)}`);
  if (error.code === 'badQuantity') return invalid(error.message);
  throw error;
}

const isSaid = (attribute: unknown): boolean => attribute !== undefined && attribute !== null;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
