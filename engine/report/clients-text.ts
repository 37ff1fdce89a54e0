import type { JudgedClient } from '../publish/judge-clients.ts';
import { list } from './list.ts';
import { plain } from './plain.ts';
import { grouped, plural } from './plural.ts';
import { table } from './table.ts';

/** What clients say they serve, held against the release in force. */
export interface ClientsStatus {
  /** Clients that were heard of lately, and how many of them serve the release in force or a newer one. */
  heard: number;
  current: number;
  /** Of those heard of, by what they serve, newest first. */
  releases: readonly { release?: number; channel: string; clients: number; isCurrent: boolean; notFresh: number }[];
  behind: readonly JudgedClient[];
  /** Who has missed three reports in a row; forgotten after an hour. */
  silent: readonly JudgedClient[];
  /** Reports that could not be understood. */
  unreadable: number;
}

/** Clients a text names; the rest is counted. */
const MOST = 20;

export function clientsText({ heard, current, releases, behind, silent, unreadable }: ClientsStatus): string {
  if (heard + silent.length + unreadable === 0)
    return 'Clients: none reports. One does where it is opened with `report`, and the store lets it.\n';
  const parts = [`Clients: ${grouped(current)} of ${grouped(heard)} serve the release in force or a newer one.\n`];
  if (releases.length > 0)
    parts.push(
      table(
        [
          { title: '  release', align: 'right' },
          { title: 'channel' },
          { title: 'clients', align: 'right' },
          { title: '' },
        ],
        releases.map(({ release, channel, clients, isCurrent, notFresh }) => [
          release === undefined ? 'none' : String(release),
          channel,
          grouped(clients),
          list([...(isCurrent ? [] : ['behind']), ...(notFresh > 0 ? [`${grouped(notFresh)} not fresh`] : [])]),
        ]),
      ),
    );
  if (behind.length > 0) parts.push('Behind:\n', namesText(behind));
  if (silent.length > 0) parts.push('Not heard of:\n', namesText(silent));
  if (unreadable > 0) parts.push(`${plural(unreadable, 'report')} could not be read.\n`);
  return parts.join('');
}

/** A line a client: what it serves, since when, and when it said so. */
export function namesText(clients: readonly (JudgedClient | { client: string })[]): string {
  const shown = clients.slice(0, MOST);
  const lines = shown.map(
    (each) => `  ${plain(each.client)}  ${plain('at' in each ? servesText(each) : 'never heard of')}\n`,
  );
  const rest = clients.length - shown.length;
  return `${lines.join('')}${rest > 0 ? `  and ${grouped(rest)} more\n` : ''}`;
}

function servesText({ release, since, at, source, state }: JudgedClient): string {
  const what = release === undefined ? 'serves another channel' : `serves release ${release}`;
  const how = [...(source === 'store' ? [] : [`from its ${source}`]), ...(state === 'fresh' ? [] : [state])];
  return `${what} since ${since}${how.map((each) => `, ${each}`).join('')}, said so ${at}`;
}
