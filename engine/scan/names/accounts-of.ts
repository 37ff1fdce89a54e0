import type { Model } from '../../model.ts';
import { type CustomerNames, customerNames, EVERYBODY } from '../../register/questions/customer-names.ts';
import { registerOf } from '../../register/register.ts';
import type { Account } from './account.ts';
import { isPublicMail } from './public-mail.ts';

/** The customers of a repository as the scanner looks for them, by id. Customers that are closed too: a rule about them is still one. */
export function accountsOf(model: Model): Account[] {
  const staff = staffOf(model);
  const emails = emailDetailsOf(model);
  return registerOf(model.customers)
    .find(customerNames, EVERYBODY)
    .map(({ customer, value }) => accountOf(customer, value, staff, emails))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** Addresses of our own people, and the domains they have them at. */
interface Staff {
  isOurs(address: string): boolean;
}

const accountOf = (id: string, names: CustomerNames, staff: Staff, emails: ReadonlySet<string>): Account => ({
  id,
  name: names.name,
  aliases: names.aliases ?? [],
  domains: names.domains ?? [],
  externalIds: names.externalIds ?? {},
  people: peopleOf(names, staff, emails),
});

/**
 * Whoever is named as a contact, but for our own people; of those who are only named in what was asked for, the ones at a domain of
 * the customer's.
 */
function peopleOf(
  { domains = [], details = {}, contacts = [], asking = [] }: CustomerNames,
  staff: Staff,
  emails: ReadonlySet<string>,
): string[] {
  const reached = [
    ...Object.entries(details).flatMap(([key, addresses]) => (emails.has(key) ? addresses : [])),
    ...contacts,
  ].filter((address) => !staff.isOurs(address));
  const isTheirs = (address: string) =>
    domains.some((domain) => address.endsWith(`@${domain}`) || address.endsWith(`.${domain}`));
  const named = [...Object.values(details).flat(), ...asking].filter(isTheirs);
  return [...new Set([...reached, ...named])].sort();
}

const emailDetailsOf = ({ world }: Model): Set<string> =>
  new Set(
    Object.entries(world.onboarding?.data.details ?? {}).flatMap(([key, { type }]) => (type === 'email' ? [key] : [])),
  );

const hostOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

function staffOf({ world }: Model): Staff {
  const addresses = (world.approvers?.data.people ?? []).flatMap(({ emails = [] }) => emails);
  const known = new Set(
    addresses
      .map((address) => address.toLowerCase())
      .map((address) => (isPublicMail(hostOf(address)) ? address : hostOf(address))),
  );
  return { isOurs: (address) => known.has(address) || known.has(hostOf(address)) };
}
