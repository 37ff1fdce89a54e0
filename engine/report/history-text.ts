import type { ListedRelease } from '../publish/list-releases.ts';
import { type Column, table } from './table.ts';

/** A table of releases; columns that would be empty are left out. */
export function historyText(releases: readonly ListedRelease[]): string {
  const has = (field: keyof ListedRelease): boolean => releases.some((each) => each[field] !== undefined);
  const columns: [Column, (each: ListedRelease) => string][] = [
    [{ title: 'release', align: 'right' }, ({ release }) => String(release ?? '?')],
    [{ title: 'kind' }, ({ kind = '', refreshes }) => (refreshes ? `${kind} ×${refreshes}` : kind)],
    [{ title: 'commit' }, ({ commit = '' }) => commit.slice(0, 12)],
    [{ title: 'customers', align: 'right' }, ({ customers }) => String(customers ?? '')],
    [{ title: 'issued' }, ({ issuedAt = '' }) => issuedAt],
    [{ title: 'root' }, ({ root = '' }) => root.slice(0, 16)],
    [{ title: 'evidence' }, ({ evidence = '' }) => evidence.slice(0, 16)],
  ];
  if (has('folder')) columns.push([{ title: 'folder' }, ({ folder = '' }) => folder]);
  if (has('unverifiable')) columns.push([{ title: 'does not verify' }, ({ unverifiable = '' }) => unverifiable]);
  return table(
    columns.map(([column]) => column),
    releases.map((each) => columns.map(([, cell]) => cell(each))),
  );
}
