import { describe, expect, it } from 'vitest';
import { formatDiff } from '../../../engine/diff/format-diff.ts';
import { causeLine, changeLines, company, diffOf, edited, replaced } from '../../fixtures/diff/small-company.ts';

const STUDIO = 'plans/studio@2.yaml';
const third = (company[STUDIO] as string).replace('seats: 50', 'seats: 60').replace('}\nstandard', '}\nstandard');
const becomes = (on: string, plan = 'studio@3') => `${company[STUDIO]}becomes: { plan: ${plan}, on: ${on} }\n`;

/** The small company with the next version of its plan, and somebody who stays. */
const base = edited(company, {
  'plans/studio@3.yaml': third,
  'customers/stays.yaml': 'name: Stays\nplan: studio@2\nstaysOn: studio@2\n',
  'customers/left.yaml': 'name: Left\nplan: studio@2\namendments: [{ on: 2026-05-01, plan: starter@1 }]\n',
  'customers/bound.yaml': `name: Bound\nplan: studio@2\ncontracts: [{ id: C-9, plan: enterprise@1, starts: 2026-01-01 }]\n`,
});
const moved = edited(base, { [STUDIO]: becomes('2027-02-01') });

describe('one line that moves everybody on a plan', () => {
  it('reaches those who have it as base plan, and names who stays and why', async () => {
    const { causes, customers } = await diffOf(base, moved);
    expect(causes.map(causeLine)).toEqual([
      `${STUDIO} becomes: studio@2 becomes studio@3 on 2027-02-01 [adding,bare,bought,special] shielded [bound,stays]`,
    ]);
    expect(causes[0]?.shieldedBy).toEqual({ bound: 'contract C-9', stays: 'stays on studio@2' });
    expect(changeLines(customers)).toEqual([
      'adding: plan "studio@2" → "studio@3" 2027-02-01.. neutral',
      'adding: settings.seats 55 → 65 2027-02-01.. gives',
      'bare: plan "studio@2" → "studio@3" 2027-02-01.. neutral',
      'bare: settings.seats 50 → 60 2027-02-01.. gives',
      'bought: plan "studio@2" → "studio@3" 2027-02-01.. neutral',
      'special: plan "studio@2" → "studio@3" 2027-02-01.. neutral',
      'special: settings.seats 50 → 60 2027-02-01.. gives',
    ]);
  });

  it('is where the plan and its settings come from', async () => {
    const { customers } = await diffOf(base, moved);
    const [plan, seats] = customers.find(({ customer }) => customer === 'bare')?.changes ?? [];
    expect([plan?.origin, seats?.origin.after]).toEqual([
      {
        before: { kind: 'account', id: 'account', path: 'customers/bare.yaml', line: 2 },
        after: { kind: 'plan', id: 'studio@2', path: STUDIO, line: 8 },
      },
      { kind: 'plan', id: 'studio@3', path: 'plans/studio@3.yaml', line: 4 },
    ]);
  });

  it('is told as the one thing that was edited', async () => {
    const { causes } = await diffOf(moved, edited(moved, { [STUDIO]: becomes('2027-03-01') }));
    expect(causes.map(causeLine)).toEqual([
      `${STUDIO} becomes: studio@2 becomes studio@3 on 2027-03-01, no longer on 2027-02-01 [adding,bare,bought,special] shielded [bound,stays]`,
    ]);
    const other = await diffOf(moved, edited(moved, { [STUDIO]: becomes('2027-02-01', 'enterprise@1') }));
    expect(other.causes.map(({ change }) => change)).toEqual([
      'studio@2 becomes enterprise@1 on 2027-02-01, no longer studio@3 on 2027-02-01',
    ]);
    const none = await diffOf(moved, base);
    expect(none.causes.map(causeLine)).toEqual([
      `${STUDIO} becomes: studio@2 no longer becomes studio@3 on 2027-02-01 [adding,bare,bought,special] shielded [bound,stays]`,
    ]);
  });

  it('makes an edit of the plan people will have reach them', async () => {
    const head = replaced(moved, 'plans/studio@3.yaml', 'seats: 60', 'seats: 65');
    const { causes } = await diffOf(moved, head);
    expect(causes.map(causeLine)).toEqual([
      'plans/studio@3.yaml settings.seats: seats 60 → 65 [adding,bare,special] shielded [bought]',
    ]);
  });

  it('makes what that plan sells reach those who bought of it', async () => {
    const head = replaced(
      moved,
      'plans/studio@3.yaml',
      'seats: { amount: "9.00" }',
      'seats: { amount: "9.00", max: 65 }',
    );
    const { causes, customers } = await diffOf(moved, head);
    expect(changeLines(customers)).toEqual(['bought: settings.seats 70 → 60 2027-02-01.. takes']);
    expect(causes.map(causeLine)).toEqual([
      'plans/studio@3.yaml price.units.seats.max: price.units.seats.max none → 65 [bought] list price []',
    ]);
  });

  it('is apart from who opts out in a file of its own', async () => {
    const out = { 'customers/bare.yaml': `${company['customers/bare.yaml']}staysOn: studio@2\n` };
    const { causes } = await diffOf(moved, edited(moved, out));
    expect(causes.map(causeLine)).toEqual(['customers/bare.yaml: staysOn none → studio@2 [bare]']);
  });

  it('reads as a sentence', async () => {
    const text = formatDiff(await diffOf(base, moved));
    expect(text.split('\n').slice(2, 7)).toEqual([
      'What was edited',
      `  ${STUDIO} becomes`,
      '    studio@2 becomes studio@3 on 2027-02-01: 4 customers, 2 stay',
      '    gives to 3: adding, bare, bought, special',
      '    shielded: bound (contract C-9), stays (stays on studio@2)',
    ]);
  });
});
