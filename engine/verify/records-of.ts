import type { Customer } from '../../schemas/customer.ts';
import type { Pointer } from '../document.ts';

/** What is agreed with a customer, record by record: by its name, which stays when its place in the file does not. */
export function recordsOf(customer: Customer): Map<string, unknown> {
  const records = new Map<string, unknown>();
  const agreed = [...(customer.contracts ?? []), ...(customer.trials ?? []), ...(customer.exceptions ?? [])];
  for (const record of agreed) {
    const { amendments = [], ...rest } = { amendments: [], ...record };
    records.set(nameOf(record), rest);
    for (const amendment of amendments) records.set(`${nameOf(record)} on ${amendment.on}`, amendment);
  }
  return records;
}

type Agreed =
  | NonNullable<Customer['contracts']>[number]
  | NonNullable<Customer['trials']>[number]
  | NonNullable<Customer['exceptions']>[number];

const nameOf = (record: Agreed): string =>
  'need' in record ? `exception ${record.id}` : 'id' in record ? `contract ${record.id}` : `trial ${record.starts}`;

/** The name of the record that holds a place of the customer's file; undefined where none does. */
export function recordAt(customer: Customer, [room, index, inside, position]: Pointer): string | undefined {
  if ((room !== 'contracts' && room !== 'trials' && room !== 'exceptions') || typeof index !== 'number')
    return undefined;
  const record = customer[room]?.[index];
  if (!record) return undefined;
  const amendment =
    inside === 'amendments' && 'amendments' in record ? record.amendments?.[Number(position)] : undefined;
  return amendment ? `${nameOf(record)} on ${amendment.on}` : nameOf(record);
}
