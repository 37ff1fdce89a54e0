import type { Customer } from '../../schemas/customer.ts';
import type { Change } from '../diff/diff.ts';
import type { Entry, World } from '../model.ts';

/**
 * What changes for a customer and shows in no value of a timeline: `account`, to whom of the product the terms go (all
 * values stay, and everything changes for those two), and `services.<id>`, work that was sold and its price.
 */
export function agreedChanges(
  before: Entry<Customer> | undefined,
  after: Entry<Customer>,
  worlds: readonly [World, World],
): Change[] {
  return [...accountChange(before, after), ...serviceChanges(before, after, worlds)];
}

const changeOf = (path: string, from: unknown, to: unknown, effective: Change['effective'] = null): Change => ({
  path,
  from,
  to,
  effective,
  direction: 'neutral',
  origin: { before: null, after: null },
  causes: [],
});

const accountIn = ({ id, data }: Entry<Customer>): string => data.account ?? id;

/** To whom of the product a customer's terms go, where a change says so anew; undefined where it is who it was, or the customer itself. */
export function newAccount(
  before: Entry<Customer> | undefined,
  after: Entry<Customer> | undefined,
): string | undefined {
  const account = after && accountIn(after);
  return account === (before ? accountIn(before) : after?.id) ? undefined : account;
}

function accountChange(before: Entry<Customer> | undefined, after: Entry<Customer>): Change[] {
  if (!before) return [];
  const [from, to] = [before, after].map(accountIn);
  return from === to ? [] : [changeOf('account', from, to)];
}

/** Several of one kind on one day are told apart by their place among them. */
function serviceChanges(
  before: Entry<Customer> | undefined,
  after: Entry<Customer>,
  [base, head]: readonly [World, World],
): Change[] {
  const [old, young] = [pricesOf(before?.data, base), pricesOf(after.data, head)];
  return [...new Set([...old.keys(), ...young.keys()])].flatMap((key) => {
    const [was, is] = [old.get(key), young.get(key)];
    if (was?.price === is?.price) return [];
    const { id, on } = (is ?? was) as Priced;
    return [changeOf(`services.${id}`, was?.price ?? null, is?.price ?? null, on ?? null)];
  });
}

interface Priced {
  id: string;
  on: string | undefined;
  price: string;
}

function pricesOf(customer: Customer | undefined, { menu }: World): ReadonlyMap<string, Priced> {
  const priced = new Map<string, Priced>();
  for (const { id, on, price } of customer?.services ?? []) {
    const listed = Object.hasOwn(menu?.data.services ?? {}, id) ? menu?.data.services?.[id]?.price.amount : undefined;
    let key = `${id} ${on ?? ''}`;
    while (priced.has(key)) key += ' again';
    priced.set(key, { id, on, price: price ?? listed ?? '0' });
  }
  return priced;
}
