import { expect, test } from 'vitest';
import { eachBounded } from '../../runtime/stores/driver/each-bounded.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('every item is worked on once, as many at a time as was said', async () => {
  const done: number[] = [];
  let [now, most] = [0, 0];
  const items = Array.from({ length: 50 }, (_, index) => index);
  await eachBounded(items, 7, async (item) => {
    now += 1;
    most = Math.max(most, now);
    await turn();
    now -= 1;
    done.push(item);
  });
  expect(done.sort((a, b) => a - b)).toEqual(items);
  expect(most).toBe(7);
  await eachBounded([], 7, () => Promise.reject(new Error('nothing to do')));
});

test('the first that fails is told, and what was not begun is left', async () => {
  let begun = 0;
  const work = eachBounded(Array.from({ length: 50 }), 4, async () => {
    begun += 1;
    await turn();
    throw new Error(`item ${begun}`);
  });
  await expect(work).rejects.toThrow('item');
  await turn();
  expect(begun).toBe(4);
});
