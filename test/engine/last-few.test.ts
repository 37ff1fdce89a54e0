import { expect, test } from 'vitest';
import { startLastFew } from '../../engine/last-few.ts';

test('keeps the last few and no more', () => {
  const few = startLastFew<number>(3);
  const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const there = keys.map((key, index) => {
    few.set(key, index);
    return keys.filter((other) => few.get(other) === keys.indexOf(other)).join('');
  });
  expect(there).toEqual(['a', 'ab', 'abc', 'bcd', 'cde', 'def', 'efg']);
});
