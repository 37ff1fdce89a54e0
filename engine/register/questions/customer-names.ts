import type { Customer } from '../../../schemas/customer.ts';
import { wordsOf } from '../../scan/names/words-of.ts';
import type { Question } from '../question.ts';

/** Everything a customer's file names it by; what it does not have is absent. Addresses are in lower case. */
export type CustomerNames = {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** Without `@` and without a leading dot. */
  readonly domains?: readonly string[];
  /** Its account and contracts, and what other systems know it by. */
  readonly externalIds?: Readonly<Record<string, string>>;
  /** E-mail addresses in answers to what onboarding asks, by its key. */
  readonly details?: Readonly<Record<string, readonly string[]>>;
  /** Addresses of support contacts. */
  readonly contacts?: readonly string[];
  /** Addresses of those who asked for an exception, or use it. */
  readonly asking?: readonly string[];
};

/** The one key there is. */
export const EVERYBODY = '';

/** What everybody is named by. */
export const customerNames: Question<CustomerNames> = {
  word: 'names',
  answers: ({ data }) => [[EVERYBODY, namesOf(data)]],
};

function namesOf(data: Customer): CustomerNames {
  const domains = [...new Set((data.domains ?? []).flatMap(domainIn))];
  const externalIds = {
    ...(data.account !== undefined && { account: data.account }),
    ...contractIds(data),
    ...data.externalIds,
  };
  const details = Object.fromEntries(
    Object.entries(data.details ?? {}).flatMap(([key, value]) => {
      const addresses = addressesIn(value);
      return addresses.length > 0 ? [[key, addresses]] : [];
    }),
  );
  const contacts = contactsIn([
    data,
    data.amendments,
    data.trials,
    data.contracts,
    data.contracts?.map((one) => one.amendments),
  ]);
  const asking = (data.exceptions ?? []).flatMap(({ askedBy, usedBy }) => [
    ...addressesIn(askedBy),
    ...addressesIn(usedBy),
  ]);
  return {
    name: data.name,
    ...(data.aliases && { aliases: data.aliases }),
    ...(domains.length > 0 && { domains }),
    ...(Object.keys(externalIds).length > 0 && { externalIds }),
    ...(Object.keys(details).length > 0 && { details }),
    ...(contacts.length > 0 && { contacts }),
    ...(asking.length > 0 && { asking }),
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

const addressesIn = (text: unknown): string[] =>
  typeof text === 'string' ? (text.match(ADDRESS) ?? []).map((address) => address.toLowerCase()) : [];

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
