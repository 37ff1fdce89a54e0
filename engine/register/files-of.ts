import { CustomersWhenAsked } from './customers-when-asked.ts';
import type { NamedBlob } from './known-customers.ts';
import type { Customers } from './register.ts';

/** The files of customers in their order, read or not. */
export const filesOf = (customers: Customers): readonly NamedBlob[] =>
  customers instanceof CustomersWhenAsked
    ? customers.files()
    : [...customers.values()].map(({ document, oid }) => ({ path: document.path, oid }));
