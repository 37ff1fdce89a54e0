import type { Customer } from '../../../schemas/customer.ts';
import type { Entry, Model } from '../../model.ts';
import type { Account } from './account.ts';
import { isPublicMail } from './public-mail.ts';
import { wordsOf } from './words-of.ts';

/** The customers of a repository as the scanner looks for them, by id. Customers that are closed too: a rule about them is still one. */
export function accountsOf(model: Model): Account[] {
  const staff = staffOf(model);
  const emails = emailDetailsOf(model);
  return [...model.customers.values()]
    .map((entry) => accountOf(entry, staff, emails))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** Addresses of our own people, and the domains they have them at. */
interface Staff {
  isOurs(address: string): boolean;
}

function accountOf({ id, data }: Entry<Customer>, staff: Staff, emails: ReadonlySet<string>): Account {
  const domains = [...new Set((data.domains ?? []).flatMap(domainIn))];
  return {
    id,
    name: data.name,
    aliases: data.aliases ?? [],
    domains,
    externalIds: {
      ...(data.account !== undefined && { account: data.account }),
      ...contractIds(data),
      ...data.externalIds,
    },
    people: peopleOf(data, domains, staff, emails),
  };
}

/** As people paste it: with `@`, `https://` or `www.` before it. */
function domainIn(text: string): string[] {
  const domain = text
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^[@.]+/, '')
    .replace(/^www\./, '')
    .replace(/[/:?#].*$|\.+$/, '');
  return /^[^\s@]+(\.[^\s@.]+)+$/.test(domain) ? [domain] : [];
}

/** Ids that are letters and digits together; `main` and `2026` name nobody. */
function contractIds({ contracts = [] }: Customer): Record<string, string> {
  const telling = contracts
    .map(({ id }) => id)
    .filter((id) => /[a-z].*[0-9]/.test(wordsOf(id)) && wordsOf(id).length > 4);
  return Object.fromEntries(telling.map((id, index) => [index === 0 ? 'contract' : `contract${index + 1}`, id]));
}

const ADDRESS = /[^\s@<>()[\],;:"']+@[^\s@<>()[\],;:"']+\.[^\s@<>()[\],;:"'.]+/g;
const addressesIn = (text: unknown): string[] => (typeof text === 'string' ? (text.match(ADDRESS) ?? []) : []);

/**
 * Whoever is named as a contact, but for our own people; of those who are only named in what was asked for, the ones at a domain of
 * the customer's.
 */
function peopleOf(data: Customer, domains: readonly string[], staff: Staff, emails: ReadonlySet<string>): string[] {
  const contacts = [
    ...Object.entries(data.details ?? {}).flatMap(([key, value]) => (emails.has(key) ? addressesIn(value) : [])),
    ...contactsIn([data, data.amendments, data.trials, data.contracts, data.contracts?.map((one) => one.amendments)]),
  ].filter((address) => !staff.isOurs(address.toLowerCase()));
  const isTheirs = (address: string) =>
    domains.some((domain) => address.endsWith(`@${domain}`) || address.endsWith(`.${domain}`));
  const named = [
    ...Object.values(data.details ?? {}).flatMap(addressesIn),
    ...(data.exceptions ?? []).flatMap(({ askedBy, usedBy }) => [...addressesIn(askedBy), ...addressesIn(usedBy)]),
  ].filter((address) => isTheirs(address.toLowerCase()));
  return [...new Set([...contacts, ...named].map((address) => address.toLowerCase()))].sort();
}

/** The support contacts of records, however deep they are nested in lists. */
function contactsIn(records: readonly unknown[]): string[] {
  return records.flatMap((record) => {
    if (Array.isArray(record)) return contactsIn(record);
    if (typeof record !== 'object' || record === null || !('support' in record)) return [];
    const { support } = record;
    if (typeof support !== 'object' || support === null || !('contacts' in support)) return [];
    return Array.isArray(support.contacts) ? support.contacts.flatMap(addressesIn) : addressesIn(support.contacts);
  });
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
