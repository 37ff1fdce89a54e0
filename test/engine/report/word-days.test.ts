import { expect, it } from 'vitest';
import { type Stretch, wordDays } from '../../../engine/report/review/word-days.ts';

const at = '2026-06-01';
const stretch = (customer: string, effective: string | null, until?: string): Stretch => ({
  customer,
  effective,
  ...(until !== undefined && { until }),
});

it.each<[string, Stretch[], string]>([
  ['nothing that has days', [], ''],
  ['since ever', [stretch('a', null)], 'at once'],
  ['since before today', [stretch('a', '2026-01-01', at)], 'at once until 2026-06-01'],
  ['from tomorrow', [stretch('a', '2026-06-02', '2026-07-01')], 'from 2026-06-02 until 2026-07-01'],
  ['until yesterday', [stretch('a', '2026-01-01', '2026-05-31')], 'in the past: from 2026-01-01 until 2026-05-31'],
  ['the same day for many', [stretch('a', '2026-07-01'), stretch('b', '2026-07-01')], 'from 2026-07-01'],
  ['today for some, whenever it began', [stretch('a', null), stretch('b', '2026-05-01')], 'at once'],
  ['many days, all past', [stretch('a', null, '2025-01-31'), stretch('b', null, '2025-02-28')], 'in the past'],
  [
    'many days',
    [
      stretch('a', null),
      stretch('b', null, '2026-09-30'),
      stretch('b', '2028-01-01'),
      stretch('c', '2027-01-01', '2027-06-30'),
      stretch('d', null, '2025-01-31'),
    ],
    'at once for 2, later for 2 (first on 2027-01-01), in the past for 1, ends again for 2 (first after 2026-09-30)',
  ],
])('says when: %s', (_, stretches, said) => {
  expect(wordDays(stretches, at)).toBe(said);
});
