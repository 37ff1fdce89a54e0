import { describe, expect, it } from 'vitest';
import type { Explanation } from '../../../../engine/explain.ts';
import { asked, configuration, explainAcme } from './read-sample.ts';

const acme = `name: Acme
plan: studio@1
quantities:
  seats: 7
billing:
  method: invoice
support: { channel: post }
amendments:
  - on: 2026-06-01
    support: { hours: 9to5 }
addOns:
  - { id: calls, ends: 2026-12-31 }
  - { id: priority }
  - { id: eu, ends: 2026-05-31 }
contracts:
  - id: C-1
    plan: enterprise@1
    starts: 2026-08-01
    ends: 2026-08-31
    renewal: { kind: none }
    billing:
      paymentTerms: net30
    amendments:
      - on: 2026-08-10
        billing: { paymentTerms: net60 }
exceptions:
  - ${configuration('EX-1', 'set: { sso: true }')}
  - ${configuration('EX-2', 'add: { seats: 2 }', '2026-03-01', '2026-03-31')}
  - ${asked('EX-3', 'livesIn: config, decision: promise, terms: { support: { contacts: [a@b.example] } }, starts: 2026-02-01, expires: 2026-04-30, onUpgrade: drop, onDowngrade: keep, onLapse: keep')}
  - ${asked('EX-4', 'livesIn: config, area: access, decision: no')}
  - ${asked('EX-5', 'livesIn: config, area: access, decision: service')}
  - ${configuration('EX-6', 'set: { delay: 20 }', '2026-08-02', 'contract')}
  - ${configuration('EX-7', 'set: { uptime: best, retention: 200 }').replace('onUpgrade: keep', 'onUpgrade: drop')}
`;
const studio = `name: Studio
rank: 20
settings:
  seats: 5
  apiCalls: 400
price: { currency: USD, per: month, amount: "49.00", units: { seats: { amount: "9.00" } } }
standardTerms:
  billing:
    interval: month
  support:
    channel: chat
`;
const menu = `addOns:
  calls: { plans: [studio], adds: { apiCalls: 50 } }
  eu: { plans: [studio], sets: { region: eu } }
  priority:
    plans: [studio]
    terms:
      support:
        firstResponseHours: 4
`;
const lifecycle = `stages:
  active:
    set:
      uptime: high
`;
const files = { 'plans/studio@1.yaml': studio, 'policies/menu.yaml': menu, 'policies/lifecycle.yaml': lifecycle };
const file = 'customers/acme.yaml';
const origin = ({ settings }: Explanation, key: string) => settings[key];
const ex = (id: string) => ({ because: `they said so of ${id}`, owner: 'team-a' });

describe('explain', () => {
  it.each<[key: string, day: string, value: unknown, from: object]>([
    ['formats', '2026-02-01', ['csv'], { kind: 'default', path: 'schemas/settings.ts', line: 1 }],
    ['apiCalls', '2025-12-01', 450, { kind: 'addOn', id: 'calls', path: file, line: 12, until: '2026-12-31' }],
    ['apiCalls', '2027-01-01', 400, { kind: 'plan', id: 'studio@1', path: 'plans/studio@1.yaml', line: 5 }],
    ['seats', '2026-02-01', 7, { kind: 'quantity', id: 'account', path: file, line: 4 }],
    [
      'seats',
      '2026-03-31',
      9,
      { kind: 'exception', id: 'EX-2', path: file, line: 28, ...ex('EX-2'), until: '2026-03-31' },
    ],
    [
      'sso',
      '2026-02-01',
      true,
      { kind: 'exception', id: 'EX-1', path: file, line: 27, ...ex('EX-1'), until: '2026-12-31' },
    ],
    ['uptime', '2026-02-01', 'high', { kind: 'stage', id: 'active', path: 'policies/lifecycle.yaml', line: 4 }],
    [
      'delay',
      '2026-08-02',
      20,
      { kind: 'exception', id: 'EX-6', path: file, line: 32, ...ex('EX-6'), until: '2026-08-31' },
    ],
    [
      'retention',
      '2026-07-31',
      200,
      { kind: 'exception', id: 'EX-7', path: file, line: 33, ...ex('EX-7'), until: '2026-07-31' },
    ],
    ['region', '2026-05-31', 'eu', { kind: 'addOn', id: 'eu', path: file, line: 14, until: '2026-05-31' }],
    [
      'region',
      '2026-06-01',
      'eu',
      { kind: 'addOn', id: 'eu', path: file, line: 14, heldSince: '2026-06-01', wouldBe: 'us' },
    ],
  ])('%s on %s', async (key, day, value, from) =>
    expect(origin(await explainAcme(acme, day, files), key)).toEqual({ value, origin: from }),
  );

  it.each<[part: 'billing' | 'support', key: string, day: string, value: unknown, from: object | undefined]>([
    [
      'billing',
      'interval',
      '2026-01-01',
      'month',
      { kind: 'plan', id: 'studio@1', path: 'plans/studio@1.yaml', line: 9 },
    ],
    ['billing', 'method', '2026-01-01', 'invoice', { kind: 'account', id: 'account', path: file, line: 6 }],
    ['support', 'channel', '2026-01-01', 'post', { kind: 'account', id: 'account', path: file, line: 7 }],
    ['support', 'hours', '2026-06-01', '9to5', { kind: 'account', id: 'account', path: file, line: 10 }],
    [
      'support',
      'firstResponseHours',
      '2026-01-01',
      4,
      { kind: 'addOn', id: 'priority', path: 'policies/menu.yaml', line: 8 },
    ],
    [
      'support',
      'contacts',
      '2026-02-01',
      ['a@b.example'],
      { kind: 'exception', id: 'EX-3', path: file, line: 29, ...ex('EX-3'), until: '2026-04-30' },
    ],
    ['billing', 'paymentTerms', '2026-08-01', 'net30', { kind: 'contract', id: 'C-1', path: file, line: 22 }],
    ['billing', 'paymentTerms', '2026-08-10', 'net60', { kind: 'contract', id: 'C-1', path: file, line: 25 }],
    ['billing', 'paymentTerms', '2026-09-01', undefined, undefined],
  ])('%s.%s on %s', async (part, key, day, value, from) =>
    expect((await explainAcme(acme, day, files)).terms[part][key]).toEqual(from && { value, origin: from }),
  );

  it.each<[day: string, plan: string, from: object]>([
    ['2026-08-01', 'enterprise@1', { kind: 'contract', id: 'C-1', path: file, line: 17 }],
    ['2026-07-31', 'studio@1', { kind: 'account', id: 'account', path: file, line: 2 }],
    ['2026-09-01', 'studio@2', { kind: 'plan', id: 'studio@1', path: 'plans/studio@1.yaml', line: 12 }],
  ])('the plan on %s, %s, with the line that gives it', async (day, plan, from) => {
    const moving = { 'plans/studio@1.yaml': `${studio}becomes: { plan: studio@2, on: 2026-08-15 }\n` };
    const { plan: found, planOrigin } = await explainAcme(acme, day, { ...files, ...moving });
    expect([found, planOrigin]).toEqual([plan, from]);
  });

  it('the plan of a lapse, of the policy and of what it becomes', async () => {
    const lapsing = `name: Acme
plan: studio@1
contracts: [{ id: C-1, plan: enterprise@1, starts: 2026-01-01, ends: 2026-01-31, renewal: { kind: manual } }]
`;
    const starter = 'name: Starter\nrank: 10\nprice: { free: true }\n';
    const moving = {
      'policies/lifecycle.yaml': 'stages:\n  lapsed: { plan: starter@1 }\n',
      'plans/starter@1.yaml': `${starter}becomes: { plan: starter@2, on: 2026-08-01 }\n`,
      'plans/starter@2.yaml': starter,
    };
    const explained = async (day: string) => {
      const { plan, planOrigin } = await explainAcme(lapsing, day, moving);
      return [plan, planOrigin];
    };
    expect(await explained('2026-07-31')).toEqual([
      'starter@1',
      { kind: 'stage', id: 'lapsed', path: 'policies/lifecycle.yaml', line: 2 },
    ]);
    expect(await explained('2026-08-01')).toEqual([
      'starter@2',
      { kind: 'plan', id: 'starter@1', path: 'plans/starter@1.yaml', line: 4 },
    ]);
  });

  it('says a trial’s terms where it is the stage', async () => {
    const text =
      'name: Acme\nplan: starter@1\ntrials:\n  - kind: trial\n    plan: pilot@1\n    starts: 2026-02-01\n    ends: 2026-02-28\n    billing:\n      method: manual\n';
    const { terms, plan, stage } = await explainAcme(text, '2026-02-01');
    expect([plan, stage, terms.billing.method]).toEqual([
      'pilot@1',
      'trial',
      { value: 'manual', origin: { kind: 'trial', id: 'trial', path: file, line: 9 } },
    ]);
  });

  it.each<[day: string, states: string]>([
    ['2026-01-09', 'notStarted notStarted notStarted refused recorded notStarted notStarted'],
    ['2026-02-01', 'active notStarted active refused recorded notStarted active'],
    ['2026-04-01', 'active expired active refused recorded notStarted active'],
    ['2026-08-01', 'active expired expired refused recorded notStarted dropped'],
    ['2026-08-31', 'active expired expired refused recorded active dropped'],
    ['2026-09-01', 'active expired expired refused recorded expired dropped'],
    ['2027-01-01', 'expired expired expired refused recorded expired dropped'],
  ])('the state of every exception on %s', async (day, states) => {
    const { exceptions } = await explainAcme(acme, day, files);
    expect(exceptions.map(({ state }) => state).join(' ')).toBe(states);
  });

  it.each<[day: string, states: string]>([
    ['2025-12-01', 'calls counts, priority inactive: needs eu, eu notStarted'],
    ['2026-05-31', 'calls counts, priority counts, eu counts'],
    ['2026-06-01', 'calls counts, priority inactive: needs eu, eu ended'],
    [
      '2026-08-01',
      'calls inactive: not sold with enterprise@1, priority inactive: not sold with enterprise@1, eu ended',
    ],
    ['2027-01-01', 'calls ended, priority inactive: needs eu, calls, eu ended'],
  ])('an add-on that is inactive, and why, on %s', async (day, states) => {
    const needs = { 'policies/menu.yaml': menu.replace('priority:\n', 'priority:\n    dependsOn: [eu, calls]\n') };
    const started = acme.replace('{ id: eu, ends', '{ id: eu, starts: 2026-01-01, ends');
    const { addOns } = await explainAcme(started, day, { ...files, ...needs });
    expect(addOns.map(({ id, state, because }) => `${id} ${state}${because ? `: ${because}` : ''}`).join(', ')).toBe(
      states,
    );
  });

  it('every add-on with its quantity, its days, and where', async () => {
    const text =
      'name: Acme\nplan: studio@1\naddOns:\n  - { id: calls, quantity: 3, starts: 2026-01-01, ends: 2026-12-31 }\n  - { id: eu }\n';
    expect((await explainAcme(text, '2026-02-01')).addOns).toEqual([
      { id: 'calls', quantity: 3, state: 'counts', starts: '2026-01-01', ends: '2026-12-31', path: file, line: 4 },
      { id: 'eu', quantity: 1, state: 'counts', path: file, line: 5 },
    ]);
  });

  it('every exception with what was asked, what became of it, and where', async () => {
    const { exceptions } = await explainAcme(acme, '2026-02-01', files);
    const common = { need: 'It has to fit.', askedBy: 'jo@product.example', path: file };
    expect(exceptions.slice(3)).toEqual([
      { id: 'EX-4', ...ex('EX-4'), decision: 'no', state: 'refused', ...common, line: 30 },
      { id: 'EX-5', ...ex('EX-5'), decision: 'service', state: 'recorded', ...common, line: 31 },
      {
        id: 'EX-6',
        ...ex('EX-6'),
        decision: 'configuration',
        state: 'notStarted',
        starts: '2026-08-02',
        expires: 'contract',
        ...common,
        line: 32,
      },
      {
        id: 'EX-7',
        ...ex('EX-7'),
        decision: 'configuration',
        state: 'active',
        starts: '2026-01-10',
        expires: '2026-12-31',
        droppedOn: '2026-08-01',
        droppedBy: 'onUpgrade',
        ...common,
        line: 33,
      },
    ]);
  });

  it('the contract in force, and access as it is compiled', async () => {
    const text = `name: Acme\nplan: starter@1\naccess: { groups: [{ name: g, may: [x] }] }\nexceptions:\n  - ${configuration('EX-1', 'access: [{ action: exportReports, only: [admin] }]')}\n`;
    const explained = await explainAcme(text, '2026-02-01');
    expect(explained).toMatchObject({
      customer: 'acme',
      name: 'Acme',
      at: '2026-02-01',
      plan: 'starter@1',
      stage: 'active',
    });
    expect(explained.access).toEqual({
      groups: [{ name: 'g', may: ['x'] }],
      rules: [{ action: 'exportReports', only: ['admin'], exception: 'EX-1' }],
    });
    expect(explained.terms.contract).toBeNull();
    expect((await explainAcme(acme, '2026-08-15', files)).terms.contract).toMatchObject({ id: 'C-1' });
  });
});
