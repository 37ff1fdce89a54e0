import { expect, it } from 'vitest';
import { describeRulesEdit } from '../../../engine/diff/describe-rules-edit.ts';
import type { Edit } from '../../../engine/diff/find-edits.ts';

const line = (name: string, because: string) => ({ when: { setting: 'seats' }, class: name, because });
const kim = { id: 1, login: 'cto-kim', classes: ['founder', 'product'] };
const ola = { id: 2, login: 'fin-ola', classes: ['finance'] };

it.each<[room: Edit['room'], path: string, before: unknown, after: unknown, said: string]>([
  ['approvals', 'classes.finance', undefined, { needs: 1 }, 'new class finance'],
  ['approvals', 'classes.finance', { needs: 1 }, undefined, 'class finance removed'],
  ['approvals', 'classes.finance.needs', 1, 2, 'class finance: needs 1 → 2'],
  ['approvals', 'currency', undefined, 'USD', 'currency none → USD'],
  [
    'approvals',
    'lines',
    [line('product', 'capacity')],
    [line('product', 'capacity'), line('finance', 'margin')],
    '1 new line: finance (margin)',
  ],
  [
    'approvals',
    'lines',
    [line('product', 'capacity'), line('finance', 'margin')],
    [line('founder', 'margin')],
    '1 new line: founder (margin); 2 lines removed: product (capacity) and finance (margin)',
  ],
  [
    'approvals',
    'lines',
    [line('a', 'x'), line('b', 'y')],
    [line('b', 'y'), line('a', 'x')],
    'the same lines in another order',
  ],
  ['approvers', 'people', [kim], [kim, ola], 'may approve from now on: fin-ola (finance)'],
  ['approvers', 'people', [kim, ola], [kim], 'may no longer approve: fin-ola (finance)'],
  ['approvers', 'people', [ola], [{ ...ola, classes: ['bulk'] }], 'says something else of fin-ola (bulk)'],
  ['approvers', 'people', [kim, ola], [ola, kim], 'the same people in another order'],
  ['checks', 'expires-soon.days', undefined, 45, 'check expires-soon days as it comes → 45'],
  ['checks', 'no-effect.severity', 'error', 'off', 'check no-effect severity error → off'],
])('%s %s from %j to %j is told as it is meant', (room, path, before, after, said) => {
  const steps = path.split(/\.(?=[a-z-]+$|[a-z-]+\.)/);
  expect(describeRulesEdit({ room, id: room, file: `policies/${room}.yaml`, steps, before, after })).toBe(said);
});
