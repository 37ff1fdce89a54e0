import type { CustomerView } from '../../client/customer-view.ts';
import type { Account, LazyReader, Reader } from '../../client/terms.ts';
import { TermsError } from '../../client/terms-error.ts';
import type { Fault } from './fault.ts';

/** As much of what was asked as is said back. */
const SAID = 300;

/**
 * The customer, or the account by its plan. Somebody who has no file and says no plan has no values: a client then goes on
 * with the defaults in its code, which nobody here could know better.
 *
 * @throws StoreError, SnapshotError where a customer cannot be read; what is wrong with the question is answered.
 */
export async function findView(reader: Reader | LazyReader, asked: Account): Promise<CustomerView | Fault> {
  const { account, plan, quantities } = asked;
  try {
    if (plan !== undefined || quantities) return await reader.account(asked);
    return (await reader.customer(account)) ?? unknown();
  } catch (error) {
    if (!(error instanceof TermsError)) throw error;
    if (error.code === 'planMissing') return unknown();
    // The names of the other plans are not theirs to know.
    if (error.code === 'unknownPlan') return invalid(`there is no plan ${JSON.stringify(plan)}`);
    if (error.code === 'badQuantity') return invalid(error.message);
    throw error;
  }
}

const unknown = (): Fault =>
  invalid('targetingKey is no customer and no account that has a file; the context may say the plan of an account');

const invalid = (details: string): Fault => ({ errorCode: 'INVALID_CONTEXT', details: details.slice(0, SAID) });
