import type { Customer } from '../../../schemas/customer.ts';
import type { Entry } from '../../model.ts';

/** Whether a customer's last status is the end of it. */
export const isClosed = ({ data }: Pick<Entry<Customer>, 'data'>): boolean => data.statuses?.at(-1)?.stage === 'closed';
