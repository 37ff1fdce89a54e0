import type { Ending } from '../views/ending.ts';
import { dueDay } from '../views/find-endings.ts';
import { indent } from './indent.ts';
import { list } from './list.ts';
import { plural } from './plural.ts';
import { shortText } from './short-text.ts';
import { table } from './table.ts';

const renewals = { manual: 'by hand', auto: 'by itself', none: 'does not renew' } as const;

/** What ends, renews or asks for notice soon, in the order of the days on which somebody has to think of it. */
export function renewalsText(endings: readonly Ending[], { at, until }: { at: string; until: string }): string {
  if (endings.length === 0) return `Nothing ends or renews from ${at} to ${until}.\n`;
  const contracts = endings.filter(({ kind }) => kind === 'contract' || kind === 'grace');
  const others = endings.filter((ending) => !contracts.includes(ending));
  const sections = [`${plural(endings.length, 'ending or renewal', 'endings and renewals')} from ${at} to ${until}\n`];
  if (contracts.length > 0) {
    const columns = ['day', 'customer', 'what', 'last day', 'notice by', 'renewal', 'at most', 'ends with it', 'then'];
    const rows = contracts.map((ending) => [
      dueDay(ending, at),
      ending.name,
      ending.what,
      ending.last,
      ending.notice === undefined ? '' : ending.notice < at ? `${ending.notice} (over)` : ending.notice,
      ending.renewal === undefined ? '' : renewals[ending.renewal],
      ending.maxIncreasePercent === undefined ? '' : `+${ending.maxIncreasePercent} %`,
      shortText(list([...ending.endsWith, ...ending.promises], 5)),
      ending.then,
    ]);
    sections.push(
      `Contracts\n${indent(
        table(
          columns.map((title) => ({ title })),
          rows,
        ),
      )}`,
    );
  }
  if (others.length > 0) {
    const columns = ['last day', 'customer', 'what', 'then', 'where'];
    const rows = others.map(({ last, name, what, then, path, line }) => [
      last,
      name,
      shortText(what),
      then,
      `${path}:${line}`,
    ]);
    sections.push(
      `Everything else\n${indent(
        table(
          columns.map((title) => ({ title })),
          rows,
        ),
      )}`,
    );
  }
  return sections.join('\n');
}
