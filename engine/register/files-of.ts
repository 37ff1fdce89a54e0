import { RereadCustomers } from '../reread-customers.ts';
import { KnownCustomers, type NamedBlob } from './known-customers.ts';
import type { Customers } from './register.ts';

/** The files of customers in their order, read or not. */
export const filesOf = (customers: Customers): readonly NamedBlob[] =>
  customers instanceof KnownCustomers || customers instanceof RereadCustomers
    ? customers.files()
    : [...customers.values()].map(({ document, oid }) => ({ path: document.path, oid }));
