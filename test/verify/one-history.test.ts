import { describe, expect, it } from 'vitest';
import type { State } from '../fixtures/verify/company.ts';
import { startHistory } from '../fixtures/verify/history.ts';
import { verified } from '../fixtures/verify/verify-history.ts';

export const seats =
  (index: number, value: number) =>
  (state: State): State => ({ ...state, seats: state.seats.map((old, at) => (at === index ? value : old)) });

describe('a history', () => {
  it('of approved merges is published', async () => {
    const history = startHistory();
    history.pull({ author: 'sal', change: seats(0, 20) });
    history.pull({ author: 'sal', change: seats(1, 80), approvals: [{ by: 'ravi' }], how: 'merge' });
    expect(await verified(history)).toMatchObject({ outcome: 'verified' });
  });
  it('with a push is not', async () => {
    const history = startHistory();
    history.push('dev', seats(0, 20));
    expect(await verified(history)).toEqual({});
  });
});
