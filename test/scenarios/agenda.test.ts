import { describe, expect, it } from 'vitest';
import { record, viewsCompany } from '../fixtures/views-company.ts';
import { temporaryFolder, writeFiles } from '../temporary-repository.ts';
import { json } from './sample-company.ts';

function company(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  writeFiles(folder, { ...viewsCompany, ...files });
  return folder;
}

describe('the agenda', () => {
  it('does not ask for a notice whose day is over', async () => {
    const contract = 'contracts: [{ id: C-9, plan: team@1, signed: 2026-01-01, starts: 2026-01-01, ends: 2026-12-31,';
    const renewing = (kind: string) =>
      `name: Late\nplan: free@1\n${contract} renewal: { kind: ${kind}, noticeDays: 60, months: 12 } }]\n`;
    const folder = company({ 'customers/late.yaml': renewing('auto'), 'customers/later.yaml': renewing('manual') });
    const { agenda } = await json(folder, 'agenda', '--within', '60d');
    const late = (agenda as { endingSoon: { customer: string; what: string; next: string }[] }).endingSoon
      .filter(({ customer }) => customer === 'late' || customer === 'later')
      .map(({ what, next }) => [what.slice(0, what.indexOf(':')), next]);
    expect(late).toEqual([
      [
        'contract C-9 renews by itself on 2026-12-31, notice was due by 2026-11-01',
        'the day for notice is over, so the next term begins: agree what should change in it, and amend the contract',
      ],
      [
        'contract C-9 ends on 2026-12-31, notice was due by 2026-11-01',
        'agree the renewal: `proviso new renewal later`',
      ],
      expect.anything(),
    ]);
  });

  it('holds an emergency overdue as soon as releases wait for it', async () => {
    const exception = record({
      id: 'EX-30',
      says: 'decision: configuration, set: { seats: 60 }, starts: 2026-11-18, expires: 2026-11-18, onUpgrade: drop, onDowngrade: drop, onLapse: drop, breakGlass: { because: they were locked out, on: 2026-11-18 }',
    });
    const folder = company({ 'customers/brief.yaml': `name: Brief\nplan: team@1\nexceptions:\n${exception}` });
    const { agenda } = await json(folder, 'agenda');
    const { overdue } = agenda as { overdue: { customer: string; what: string }[] };
    expect(overdue.filter(({ customer }) => customer === 'brief').map(({ what }) => what)).toEqual([
      'EX-30 was made in an emergency on 2026-11-18 and has been over since 2026-11-19: they were locked out',
    ]);
  });

  it('asks to bring an open emergency under the usual approvals, wherever it shows up', async () => {
    const emergency = (id: string, last: string, glass: string) =>
      record({
        id,
        says: `decision: configuration, set: { seats: 60 }, starts: 2026-11-18, expires: ${last}, onUpgrade: drop, onDowngrade: drop, onLapse: drop, breakGlass: { because: they were locked out, on: 2026-11-18${glass} }`,
      }).replace(/askedOn: [0-9-]+/, 'askedOn: 2026-11-18');
    const folder = company({
      'customers/open.yaml': `name: Open\nplan: team@1\nexceptions:\n${emergency('EX-30', '2026-11-20', '')}`,
      'customers/over.yaml': `name: Over\nplan: team@1\nexceptions:\n${emergency('EX-31', '2026-11-18', '')}`,
      'customers/shut.yaml': `name: Shut\nplan: team@1\nexceptions:\n${emergency('EX-32', '2026-11-20', ', closed: { on: 2026-11-19, because: approved as usual }')}`,
    });
    const { agenda } = await json(folder, 'agenda');
    const { newAsks, endingSoon } = agenda as Record<'newAsks' | 'endingSoon', { customer: string; next: string }[]>;
    const nextOf = (items: typeof newAsks, customer: string) =>
      items.flatMap((item) => (item.customer === customer ? [item.next] : []));
    const open = 'emergency: bring it under the usual approvals by 2026-11-20, or close it';
    const over = 'emergency: bring it under the usual approvals by 2026-11-18, or close it; releases wait for it';
    expect([nextOf(newAsks, 'open'), nextOf(endingSoon, 'open'), nextOf(newAsks, 'over')]).toEqual([
      [open],
      [open],
      [over],
    ]);
    expect([nextOf(newAsks, 'shut'), nextOf(endingSoon, 'shut')].flat().join()).not.toContain('emergency');

    const { exceptions } = await json(folder, 'exceptions');
    const suggested = (exceptions as { customer: string; suggestion: unknown; emergency?: string }[]).flatMap(
      ({ customer, suggestion, emergency: last }) =>
        ['open', 'over', 'shut'].includes(customer) ? [[customer, suggestion, last]] : [],
    );
    expect(suggested).toEqual([
      ['open', { verdict: 'keep', because: open }, '2026-11-20'],
      ['over', { verdict: 'keep', because: over }, '2026-11-18'],
      ['shut', { verdict: expect.any(String), because: expect.not.stringContaining('emergency') }, undefined],
    ]);
  });
});
