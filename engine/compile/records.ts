import type { Customer } from '../../schemas/customer.ts';

type Lists = 'amendments' | 'trials' | 'contracts' | 'statuses' | 'addOns' | 'services' | 'exceptions';
type Rest = 'account' | 'plan' | 'staysOn' | 'quantities' | 'billing' | 'support' | 'details' | 'access';

/** What a customer's file says of its terms; a list that is not written is empty. */
export type Records = Pick<Customer, Rest> & Readonly<Required<Pick<Customer, Lists>>>;

/**
 * The records of a file. They are laid out alike for everybody, because files are not: code that meets an object of every make
 * is slow, and compiled by the engine again for each of them.
 */
export const recordsOf = ({
  account,
  plan,
  staysOn,
  quantities,
  billing,
  support,
  details,
  access,
  amendments = [],
  trials = [],
  contracts = [],
  statuses = [],
  addOns = [],
  services = [],
  exceptions = [],
}: Customer): Records => ({
  account,
  plan,
  staysOn,
  quantities,
  billing,
  support,
  details,
  access,
  amendments,
  trials,
  contracts,
  statuses,
  addOns,
  services,
  exceptions,
});
