/** What ends or renews in words, whatever it is printed as. */
import type { Ending } from '../views/ending.ts';
import { dueDay } from '../views/find-endings.ts';
import { list } from './list.ts';
import { plural } from './plural.ts';

export interface RenewalsPage {
  endings: readonly Ending[];
  at: string;
  until: string;
}

export interface RenewalsTable {
  title: string;
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}

const renewals = { manual: 'by hand', auto: 'by itself', none: 'does not renew' } as const;

export const renewalsHead = ({ endings, at, until }: RenewalsPage): string =>
  endings.length === 0
    ? `Nothing ends or renews from ${at} to ${until}.`
    : `${plural(endings.length, 'ending or renewal', 'endings and renewals')} from ${at} to ${until}`;

/** Contracts, then everything else, in the order of the days on which somebody has to think of it. */
export function renewalsTables({ endings, at }: RenewalsPage): RenewalsTable[] {
  const isContract = ({ kind }: Ending) => kind === 'contract' || kind === 'grace';
  const tables: RenewalsTable[] = [
    {
      title: 'Contracts',
      columns: ['day', 'customer', 'what', 'last day', 'notice by', 'renewal', 'at most', 'ends with it', 'then'],
      rows: endings.filter(isContract).map((ending) => contractCells(ending, at)),
    },
    {
      title: 'Everything else',
      columns: ['last day', 'customer', 'what', 'then', 'where'],
      rows: endings
        .filter((ending) => !isContract(ending))
        .map(({ last, name, what, then, path, line }) => [last, name, what, then, `${path}:${line}`]),
    },
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}

const contractCells = (ending: Ending, at: string): string[] => [
  dueDay(ending, at),
  ending.name,
  ending.what,
  ending.last,
  ending.notice === undefined ? '' : ending.notice < at ? `${ending.notice} (over)` : ending.notice,
  ending.renewal === undefined ? '' : renewals[ending.renewal],
  ending.maxIncreasePercent === undefined ? '' : `+${ending.maxIncreasePercent} %`,
  list([...ending.endsWith, ...ending.promises], 5),
  ending.then,
];
