import { expect, it } from 'vitest';
import { commitRead } from '../../../engine/review/commit-read.ts';

const push = (commit: string, at: string) => ({ commit, at: `2026-06-0${at}T12:00:00Z` });
const given = '2026-06-05T12:00:00Z';

it.each([
  ['what was there', 'a', [push('a', '1')], 'a'],
  ['what was pushed in the same second', 'a', [push('a', '5')], 'a'],
  ['an older commit that was there, after more pushes', 'a', [push('c', '7'), push('b', '3'), push('a', '1')], 'a'],
  [
    'what stood there, though GitHub has moved it to what came later',
    'c',
    [push('c', '7'), push('b', '3'), push('a', '1')],
    'b',
  ],
  [
    'what was there before, though it was pushed once more later',
    'a',
    [push('a', '7'), push('b', '6'), push('a', '1')],
    'a',
  ],
  ['nothing known, where it was moved and nobody knows from what', 'c', [push('c', '7'), push('b', '6')], null],
  ['what GitHub says, where nobody knows of a push of it', 'm', [push('c', '7'), push('b', '3')], 'm'],
  ['what GitHub says, where the branch has no past', 'm', [], 'm'],
  ['nothing, where GitHub says nothing', null, [push('a', '1')], null],
])('a review was given on %s', (_, claimed, pushes, read) => {
  expect(commitRead(claimed, given, pushes)).toBe(read);
});
