import { describe, expect, it } from 'vitest';
import { addMonths, endOfTerm, monthsOf } from '../../../engine/edit/months.ts';

describe('months', () => {
  it.each([
    ['2026-04-01', 12, '2027-04-01'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2027-11-30', 3, '2028-02-29'],
    ['2026-12-31', 1, '2027-01-31'],
    ['2026-01-31', 0, '2026-01-31'],
  ])('%s and %i months later is %s', (day, months, later) => {
    expect(addMonths(day, months)).toBe(later);
  });

  it.each([
    ['2026-04-01', '2027-03-31', 12],
    ['2027-03-01', '2028-02-29', 12],
    ['2026-11-16', '2027-11-15', 12],
    ['2026-01-01', '2026-03-31', 3],
  ])('a term from %s to %s has %i', (starts, ends, months) => {
    expect(monthsOf(starts, ends)).toBe(months);
    expect(endOfTerm(starts, months)).toBe(ends);
  });

  it.each([
    ['2026-04-01', '2027-03-30'],
    ['2026-04-01', '2026-04-15'],
    ['2026-04-01', '2026-03-31'],
  ])('a term from %s to %s has no whole months', (starts, ends) => {
    expect(monthsOf(starts, ends)).toBeUndefined();
  });
});
