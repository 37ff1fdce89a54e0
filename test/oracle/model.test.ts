import { expect, it } from 'vitest';
import { answerOn, answersBetween } from './model.ts';
import { trial, year } from './sample-days.ts';
import { customer, world } from './sample-world.ts';

it('answers a range with the same as each day alone', () => {
  const who = customer('starter@1', {
    contracts: [year],
    trials: [{ ...trial, starts: '2026-01-20', ends: '2026-02-20' }],
  });
  const range = answersBetween(world, who, '2025-12-01', '2026-05-01');
  expect(range.size).toBe(152);
  for (const day of ['2025-12-01', '2026-01-20', '2026-02-01', '2026-04-15', '2026-05-01'])
    expect(range.get(day)).toEqual(answerOn(world, who, day));
});
