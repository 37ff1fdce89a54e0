import type { Account } from '../scan/names/account.ts';
import { list } from './list.ts';
import { plural } from './plural.ts';
import { table } from './table.ts';

const MOST = 4;

/** What product source may name each account by, one account a line. */
export function accountsText(accounts: readonly Account[]): string {
  if (accounts.length === 0) return 'No accounts.\n';
  const columns = ['id', 'name', 'also called', 'domains', 'ids elsewhere', 'people'].map((title) => ({ title }));
  const rows = accounts.map(({ id, name, aliases, domains, externalIds, people }) => [
    id,
    name,
    list(aliases, MOST),
    list(domains, MOST),
    list(
      Object.entries(externalIds).map(([system, value]) => `${system} ${value}`),
      MOST,
    ),
    list(people, MOST),
  ]);
  return `${plural(accounts.length, 'account')}\n\n${table(columns, rows)}`;
}
