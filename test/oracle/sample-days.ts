/** Three agreements of the sample company that meet at their ends: February and March, the trial in February, May and June. */
export const year = {
  id: 'C-1',
  plan: 'enterprise@1',
  starts: '2026-02-01',
  ends: '2026-03-31',
  renewal: { kind: 'manual' },
};
export const trial = { kind: 'trial', plan: 'pilot@1', starts: '2026-02-01', ends: '2026-02-28' } as const;
export const later = { ...year, id: 'C-2', starts: '2026-05-01', ends: '2026-06-30', renewal: { kind: 'none' } };
