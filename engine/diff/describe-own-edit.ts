import { isDeepStrictEqual } from 'node:util';
import type { Customer } from '../../schemas/customer.ts';
import { isTree } from '../compile/terms-tree.ts';
import { list } from '../report/list.ts';
import { showChange, showValue } from './show-value.ts';

/** Lists of records: what one is called, and the keys that say which one it is. */
const records: Readonly<Record<string, readonly [word: string, ...keys: string[]]>> = {
  contracts: ['contract', 'id'],
  amendments: ['amendment of', 'on'],
  trials: ['trial of', 'starts'],
  statuses: ['status', 'stage', 'since'],
  addOns: ['add-on', 'id', 'starts'],
  services: ['service', 'id', 'on'],
  exceptions: ['exception', 'id'],
  groups: ['group', 'name'],
};

const MOST = 4;

/** What somebody edited in a customer's file, in words. */
export function describeOwnEdit(before: Customer | undefined, after: Customer | undefined): string {
  if (!before) return 'new customer';
  if (!after) return 'the file is gone';
  return list([...differences(before, after, '')], MOST);
}

function* differences(before: unknown, after: unknown, name: string): Generator<string> {
  if (isDeepStrictEqual(before, after)) return;
  const [one, other] = [before ?? {}, after ?? {}];
  if (!isTree(one) || !isTree(other) || Object.keys({ ...one, ...other }).length === 0) {
    yield `${name} ${showChange(before, after)}`.trimStart();
    return;
  }
  for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const record = records[key];
    if (record) yield* recordDifferences(record, listed(one[key]), listed(other[key]), name);
    else
      yield* differences(
        one[key],
        other[key],
        key === 'access' || name === '' ? key : `${name}${name.endsWith(':') ? ' ' : '.'}${key}`,
      );
  }
}

const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function* recordDifferences(
  [word, ...keys]: readonly [string, ...string[]],
  before: readonly unknown[],
  after: readonly unknown[],
  within: string,
): Generator<string> {
  const called = (item: unknown) =>
    `${word} ${keys.map((key) => (isTree(item) ? showValue(item[key], '') : '')).join(' ')}`.trimEnd();
  const prefix = within === '' || within === 'access' ? '' : `${within} `;
  const left = new Map(before.map((item) => [called(item), item]));
  for (const item of after) {
    const name = called(item);
    if (!left.has(name)) yield `${prefix}${name} added`;
    else yield* differences(left.get(name), item, `${prefix}${name}:`);
    left.delete(name);
  }
  for (const name of left.keys()) yield `${prefix}${name} removed`;
}
