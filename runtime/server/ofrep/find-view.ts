import type { CustomerView } from '../../client/customer-view.ts';
import type { Account, LazyReader, Reader } from '../../client/terms.ts';
import { viewOf } from '../../openfeature/find-view.ts';
import { type Fault, faultOf } from './fault.ts';

/**
 * The customer, or the account by its plan.
 *
 * @throws StoreError, SnapshotError where a customer cannot be read; what is wrong with the question is answered.
 */
export async function findView(reader: Reader | LazyReader, asked: Account): Promise<CustomerView | Fault> {
  const found = await viewOf(reader, asked);
  return 'error' in found ? faultOf(found) : found;
}
