import type { Customer } from '../../schemas/customer.ts';

type Lists = 'amendments' | 'trials' | 'contracts' | 'statuses' | 'addOns' | 'services' | 'exceptions';
type Rest = 'account' | 'plan' | 'staysOn' | 'quantities' | 'billing' | 'support' | 'details' | 'access';

/** What a customer's file says of its terms; a list that is not written is empty. */
export type Records = Pick<Customer, Rest> & Readonly<Required<Pick<Customer, Lists>>>;

/**
 * The records of a file. They are laid out alike for everybody, because files are not: code that meets an object of every make
 * is slow, and compiled by the engine again for each of them.
 */
export const recordsOf = (customer: Customer): Records => ({
  account: customer.account,
  plan: customer.plan,
  staysOn: customer.staysOn,
  quantities: customer.quantities,
  billing: customer.billing,
  support: customer.support,
  details: customer.details,
  access: customer.access,
  amendments: customer.amendments ?? [],
  trials: customer.trials ?? [],
  contracts: customer.contracts ?? [],
  statuses: customer.statuses ?? [],
  addOns: customer.addOns ?? [],
  services: customer.services ?? [],
  exceptions: customer.exceptions ?? [],
});
