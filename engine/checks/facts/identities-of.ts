import type { Customer } from '../../../schemas/customer.ts';
import type { Entry } from '../../model.ts';

/** What tells an account apart from others: equal ones are the same account to the product or to another system. */
export interface Identity {
  key: string;
  /** In words: `domain acme.example`. */
  words: string;
}

export function identitiesOf({ id, data }: Pick<Entry<Customer>, 'id' | 'data'>): Identity[] {
  const said = (what: string, value: string): Identity => ({
    key: `${what} ${value.trim().toLowerCase()}`,
    words: `${what} ${value}`,
  });
  return [
    said('account', id),
    ...(data.account === undefined ? [] : [said('account', data.account)]),
    ...(data.domains ?? []).map((domain) => said('domain', domain)),
    ...[data.name, ...(data.aliases ?? [])].map((name) => said('name', name)),
    ...Object.entries(data.externalIds ?? {}).map(([system, value]) => said(`${system} id`, value)),
  ];
}
