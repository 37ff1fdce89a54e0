import type { Collected } from '../publish/collect-garbage.ts';
import { plural } from './plural.ts';
import { table } from './table.ts';

export function garbageText({ outcome, places, removed, needed }: Collected): string {
  const rows = places.map(({ env, channel, heads, kept, dropped, incomplete }) => [
    `${env}/${channel}`,
    String(heads),
    String(kept),
    String(dropped),
    incomplete > 0 ? `${incomplete} of the kept were not whole before` : '',
  ]);
  const right = { align: 'right' } as const;
  const columns = [
    { title: 'place' },
    { title: 'heads', ...right },
    { title: 'kept', ...right },
    { title: 'dropped', ...right },
    { title: '' },
  ];
  const went = `${plural(removed.objects, 'object')}, ${plural(removed.bytes, 'byte')}`;
  const said =
    outcome === 'swept'
      ? `Removed ${went}; ${plural(needed, 'object')} are needed.`
      : `Nothing was removed. Only dropped releases need ${went}; what is older than a week of it would go, and what publishes that failed have left.`;
  return `${table(columns, rows)}${said}\n`;
}
