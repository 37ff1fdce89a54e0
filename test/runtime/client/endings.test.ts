import { expect, test } from 'vitest';
import { type Ending, openTerms } from '../../../runtime/index.ts';
import { evaluate } from '../../../runtime/openfeature/evaluate.ts';
import { edited, exception } from '../../fixtures/diff/small-company.ts';
import { MemoryStore } from '../../fixtures/release/memory-store.ts';
import { company, publishCompany, type settings } from '../../fixtures/release/published-company.ts';

type Told = Omit<Ending<typeof settings>, 'customer'>;

const at = (day: string) => Date.parse(`${day}T12:00:00Z`);

/** The terms of one customer more, as they are read on a day. */
async function openWith(file: string, day: string) {
  const store = new MemoryStore();
  await publishCompany(store, 'c1', edited(company, { 'customers/one.yaml': `name: One\n${file}` }));
  return openTerms<typeof settings>({ store, follow: false, now: () => at(day) });
}

/** What is told of that customer's endings on a day to who listens to all, of 14 days ahead. */
async function endingsOf(file: string, day: string): Promise<Told[]> {
  const terms = await openWith(file, day);
  const told: Told[] = [];
  terms.onEnding(14, ({ customer, ...ending }) => void (customer === 'one' && told.push(ending)));
  await new Promise((resolve) => void setImmediate(resolve));
  await terms.close();
  return told;
}

const trial = (kind: string) =>
  `trials: [{ kind: ${kind}, plan: enterprise@1, starts: 2026-02-01, ends: 2026-02-28, quantities: { seats: 20 } }]\n`;
const contract = (renewal: string) =>
  `plan: starter@1\ncontracts: [{ id: C-9, plan: team@1, starts: 2026-01-01, ends: 2026-02-28, renewal: { kind: ${renewal} } }]\n`;
const added = ['apiCalls', 'sso', 'seats'] as const;
const none = { days: 10, settings: [] };
const paid = 'plan: studio@2\n';

test.each<[says: string, file: string, told: Told[]]>([
  [
    'a trial over a paid plan, once for all it adds',
    `${paid}${trial('trial')}`,
    [{ kind: 'trial', id: 'trial', until: '2026-02-28', days: 10, settings: added }],
  ],
  [
    'a pilot over a contract, of which it is no part',
    `${contract('none')}${trial('pilot')}`,
    [
      { kind: 'contract', id: 'C-9', until: '2026-02-28', days: 10, settings: ['seats'] },
      { kind: 'trial', id: 'pilot', until: '2026-02-28', days: 10, settings: ['apiCalls', 'sso'] },
    ],
  ],
  [
    'a trial that is the stage',
    `plan: starter@1\n${trial('trial')}`,
    [{ kind: 'trial', id: 'trial', until: '2026-02-28', days: 10, settings: ['apiCalls', 'formats', 'seats', 'sso'] }],
  ],
  [
    'an exception that only rules who may do what',
    `${paid}${exception('EX-9', 'decision: configuration, access: [{ action: exportReports, approver: admin }], starts: 2026-01-01, expires: 2026-02-28')}`,
    [{ kind: 'exception', id: 'EX-9', until: '2026-02-28', ...none }],
  ],
  [
    'one that only promises, also what the plan says already',
    `${paid}${exception('EX-9', 'decision: promise, terms: { support: { firstResponseHours: 24 } }, starts: 2026-01-01, expires: 2026-02-28')}`,
    [{ kind: 'exception', id: 'EX-9', until: '2026-02-28', ...none }],
  ],
  [
    'one that goes with its contract',
    `${contract('none')}${exception('EX-9', 'decision: configuration, set: { sso: true }, starts: 2026-01-01, expires: contract')}`,
    [
      { kind: 'contract', id: 'C-9', until: '2026-02-28', days: 10, settings: ['seats'] },
      { kind: 'exception', id: 'EX-9', until: '2026-02-28', days: 10, settings: ['sso'] },
    ],
  ],
  [
    'one that a change of plan drops before it expires',
    `${paid}amendments: [{ on: 2026-03-01, plan: team@1, quantities: {} }]\n${exception('EX-9', 'decision: configuration, set: { sso: true }, starts: 2026-01-01, expires: 2026-12-31').replace('onUpgrade: keep', 'onUpgrade: drop')}`,
    [{ kind: 'exception', id: 'EX-9', until: '2026-02-28', days: 10, settings: ['sso'] }],
  ],
  [
    'none that goes on with a contract that renews itself',
    `${contract('auto')}${exception('EX-9', 'decision: configuration, set: { sso: true }, starts: 2026-01-01, expires: contract')}`,
    [],
  ],
])('is told: %s', async (_, file, told) => {
  expect(await endingsOf(file, '2026-02-18')).toEqual(told);
});

test('the last day is told, the day before the fourteenth and the day after are not', async () => {
  const days = ['2026-02-13', '2026-02-14', '2026-02-28', '2026-03-01'];
  const told = await Promise.all(days.map((day) => endingsOf(`${paid}${trial('trial')}`, day)));
  expect(told.map((endings) => endings.map(({ days: left }) => left))).toEqual([[], [14], [0], []]);
});

test('what a trial adds to a paid plan says which trial and until when, also as a flag', async () => {
  const terms = await openWith(`${paid}${trial('trial')}`, '2026-02-18');
  const view = terms.customer('one');
  if (!view) throw new Error('there is no one');
  expect(view.explain('sso').layer).toEqual({
    kind: 'plan',
    id: 'enterprise@1',
    set: { apiCalls: 'unlimited', sso: true },
    trial: 'trial',
    until: '2026-02-28',
  });
  expect(view.explain('seats').layer).toEqual({
    kind: 'quantity',
    id: 'trial',
    at: '/trials/0/quantities',
    set: { seats: 20 },
    trial: 'trial',
    until: '2026-02-28',
  });
  expect(evaluate(view, 'sso')).toMatchObject({
    value: true,
    variant: 'enterprise@1',
    metadata: { source: 'plan', plan: 'studio@2', stage: 'active', until: '2026-02-28' },
  });
  await terms.close();
});
