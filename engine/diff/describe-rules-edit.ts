/** Edits of who must approve what and of what is checked, in words. */
import { isDeepStrictEqual } from 'node:util';
import { isTree } from '../compile/terms-tree.ts';
import { list } from '../report/list.ts';
import { plural } from '../report/plural.ts';
import type { Edit } from './find-edits.ts';
import { showChange, showValue } from './show-value.ts';

const MOST = 5;

/** An edit of `approvals.yaml`, `approvers.yaml` or `checks.yaml` in one sentence. */
export function describeRulesEdit(edit: Edit): string {
  const { room, steps } = edit;
  const [first, second, ...rest] = steps;
  if (room === 'approvers' && first === 'people') return describePeople(edit);
  if (room === 'checks') return `check ${steps.join(' ')} ${showChange(edit.before, edit.after, 'as it comes')}`;
  if (first === 'lines') return describeLines(edit);
  if (first !== 'classes') return `${steps.join('.')} ${showChange(edit.before, edit.after)}`;
  if (edit.before === undefined && rest.length === 0) return `new class ${second}`;
  if (edit.after === undefined && rest.length === 0) return `class ${second} removed`;
  return `class ${second}: ${rest.join('.')} ${showChange(edit.before, edit.after)}`;
}

const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function describeLines({ before, after }: Edit): string {
  const [old, now] = [listed(before), listed(after)];
  const isIn = (lines: readonly unknown[], line: unknown) => lines.some((other) => isDeepStrictEqual(other, line));
  const [added, removed] = [now.filter((line) => !isIn(old, line)), old.filter((line) => !isIn(now, line))];
  const words = (line: unknown) => (isTree(line) ? `${showValue(line.class)} (${showValue(line.because)})` : '');
  const parts = [
    ...(added.length > 0 ? [`${plural(added.length, 'new line')}: ${list(added.map(words), MOST)}`] : []),
    ...(removed.length > 0 ? [`${plural(removed.length, 'line')} removed: ${list(removed.map(words), MOST)}`] : []),
  ];
  return parts.length > 0 ? parts.join('; ') : 'the same lines in another order';
}

function describePeople({ before, after }: Edit): string {
  const byId = (value: unknown) =>
    new Map(listed(value).flatMap((person) => (isTree(person) ? [[person.id, person] as const] : [])));
  const [old, now] = [byId(before), byId(after)];
  const named = (people: Iterable<[unknown, Readonly<Record<string, unknown>>]>, isMeant: (id: unknown) => boolean) =>
    [...people].flatMap(([id, { login, classes }]) =>
      isMeant(id) ? [`${showValue(login)} (${showValue(classes)})`] : [],
    );
  const [added, removed] = [named(now, (id) => !old.has(id)), named(old, (id) => !now.has(id))];
  const changed = named(now, (id) => old.has(id) && !isDeepStrictEqual(old.get(id), now.get(id)));
  const parts = [
    ...(added.length > 0 ? [`may approve from now on: ${list(added, MOST)}`] : []),
    ...(removed.length > 0 ? [`may no longer approve: ${list(removed, MOST)}`] : []),
    ...(changed.length > 0 ? [`says something else of ${list(changed, MOST)}`] : []),
  ];
  return parts.length > 0 ? parts.join('; ') : 'the same people in another order';
}
