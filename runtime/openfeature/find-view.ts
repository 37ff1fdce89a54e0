import type { CustomerView } from '../client/customer-view.ts';
import type { Account, LazyReader, Reader } from '../client/terms.ts';
import { TermsError } from '../client/terms-error.ts';
import type { Refused } from './evaluate.ts';
import { type AskedContext, readContext } from './read-context.ts';

/** As much of what was asked as is said back. */
const SAID = 300;

type Found = CustomerView | Refused;

/**
 * The customer an evaluation context names: at once where the reader has all in memory, else later.
 *
 * @throws StoreError, SnapshotError as the reader does; what is wrong with the context is answered, never thrown.
 */
export function findView(reader: Reader | LazyReader, context: AskedContext): Found | Promise<Found> {
  const asked = readContext(context);
  return 'error' in asked ? asked : viewOf(reader, asked);
}

/**
 * The customer, or the account by its plan. Somebody who has no file and says no plan has no values: a client then goes on
 * with the defaults in its code, which nobody here could know better.
 */
export function viewOf(reader: Reader | LazyReader, asked: Account): Found | Promise<Found> {
  if (asked.plan === undefined && !asked.quantities) {
    const found = reader.customer(asked.account);
    return found instanceof Promise
      ? found.then((view) => view ?? unknown(asked.account))
      : (found ?? unknown(asked.account));
  }
  try {
    const view = reader.account(asked);
    return view instanceof Promise ? view.catch((error: unknown) => refusal(error, asked)) : view;
  } catch (error) {
    return refusal(error, asked);
  }
}

const invalid = (message: string): Refused => ({ error: 'INVALID_CONTEXT', message: message.slice(0, SAID) });

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
