import { expect, it } from 'vitest';
import { simulationText } from '../../../engine/report/simulation-text.ts';
import type { Simulation } from '../../../engine/simulate/simulation.ts';

const none = { billing: {}, support: {}, contract: null };
const simulation: Simulation = {
  customer: 'acme',
  name: 'Acme',
  event: 'lapse',
  at: '2026-05-20',
  plan: { before: 'pilot@1', after: 'starter@1' },
  stage: { before: 'pilot', after: 'active' },
  settings: {},
  exceptions: [],
  overCap: [],
  terms: { before: none, after: none },
  access: {
    before: {
      groups: [],
      rules: [
        { action: 'invite', only: ['admin'], exception: 'EX-1' },
        { action: 'export', approver: 'admin', group: 'finance', exception: 'EX-2' },
        { action: 'refund', approver: 'admin', exception: 'EX-3' },
      ],
    },
    after: { groups: [], rules: [{ action: 'refund', approver: 'admin', exception: 'EX-3' }] },
  },
  written: [],
  later: [],
};

it('shows the rules of access that come and go, and none where there are none', () => {
  expect(simulationText(simulation, {})).toContain(
    [
      'Access',
      '  what               before                   after',
      '  invite             only admin               none',
      '  export in finance  needs approval by admin  none',
      '',
    ].join('\n'),
  );
  const bare = { groups: [], rules: [] };
  expect(simulationText({ ...simulation, access: { before: bare, after: bare } }, {})).not.toContain('Access');
});
