import { expect, it } from 'vitest';
import { type BlastLimits, tooMany } from '../../engine/verify/blast-radius.ts';
import { both, seats } from '../fixtures/verify/changes.ts';
import { startHistory } from '../fixtures/verify/history.ts';
import { verified } from '../fixtures/verify/verify-history.ts';

/** Four customers in a change approved as bulk, and so many in changes that are not. */
async function radius(others: number, limits: BlastLimits) {
  const history = startHistory();
  const many = both(...[0, 1, 2, 3].map((index) => seats(index, 1)));
  history.pull({ author: 'sal', change: many, approvals: [{ by: 'kim', code: true }] });
  for (let index = 0; index < others; index += 1) history.pull({ author: 'sal', change: seats(5 - index, 2) });
  const range = await verified(history);
  if (range.outcome !== 'verified') throw new Error(range.message);
  const nobody = new Set<string>();
  return [tooMany(range.whole, limits, nobody, range.commits), tooMany(range.whole, limits, nobody)];
}

it('counts customers of whom nobody said that they may be many, against a number and a share', async () => {
  expect(await radius(2, { customers: 2 })).toEqual([undefined, { touched: 6, isTogether: false, most: 2 }]);
  expect(await radius(2, { customers: 1 })).toEqual([
    { touched: 2, isTogether: false, most: 1 },
    { touched: 6, isTogether: false, most: 1 },
  ]);
  // A handful is never too large a share.
  expect(await radius(1, { percent: 5 })).toEqual([undefined, undefined]);
  expect(await radius(2, { percent: 5 })).toEqual([undefined, { touched: 6, isTogether: false, most: 5 }]);
  expect(await radius(2, {})).toEqual([undefined, undefined]);
});
