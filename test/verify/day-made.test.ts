import { expect, it } from 'vitest';
import { dayMade } from '../../engine/verify/day-made.ts';

const between = { since: Date.parse('2026-06-01T08:00:00Z'), now: Date.parse('2026-06-20T10:00:00Z') };

it.each([
  ['2026-06-10T23:30:00-04:00', '2026-06-11'],
  ['2001-01-01T00:00:00Z', '2026-06-01'],
  ['2090-01-01T00:00:00Z', '2026-06-20'],
  // As git writes what lies beyond the year 9999.
  ['10000-01-01T00:01:40+00:00', '2026-06-20'],
  ['318857-05-20T17:46:39+00:00', '2026-06-20'],
])('takes a commit whose clock says %s for one of %s', (committedAt, day) => {
  expect(dayMade({ committedAt }, between)).toBe(day);
});
