import type { CustomerView } from '../../client/customer-view.ts';
import type { Account, LazyReader, Reader } from '../../client/terms.ts';
import { viewOf } from '../../openfeature/find-view.ts';
import { type Fault, faultOf } from './fault.ts';

type Found = CustomerView | Fault;

/**
 * The customer, or the account by its plan; at once where all customers are in memory.
 *
 * @throws StoreError, SnapshotError where a customer cannot be read; what is wrong with the question is answered.
 */
export function findView(reader: Reader | LazyReader, asked: Account): Found | Promise<Found> {
  const found = viewOf(reader, asked);
  return found instanceof Promise ? found.then(judged) : judged(found);
}

const judged = (found: Awaited<ReturnType<typeof viewOf>>): Found => ('error' in found ? faultOf(found) : found);
