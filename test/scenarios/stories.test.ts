import { describe, expect, it } from 'vitest';
import { publishedSample } from './company-in-git.ts';
import { json, read } from './sample-company.ts';

/** Every answer here comes from one release; nothing is published, edited or restarted between two days. */
const sample = publishedSample();

interface Answer {
  plan: string;
  stage: string;
  release: number;
  settings: Record<string, unknown>;
}

const on = async (customer: string, at: string): Promise<Answer> =>
  (await json(sample.root, 'get', customer, '--at', at)) as unknown as Answer;

interface Told {
  value: unknown;
  origin: { kind: string; id?: string; path: string; line: number };
}

interface Explanation {
  plan: string;
  stage: string;
  settings: Record<string, Told>;
  terms: { billing: Record<string, Told>; support: Record<string, Told>; contract: Record<string, unknown> | null };
  access: { groups: unknown[]; rules: unknown[] };
  exceptions: { id: string; state: string; decision: string }[];
}

const explained = async (customer: string, at: string): Promise<Explanation> =>
  (await json(sample.root, 'explain', customer, '--at', at)) as unknown as Explanation;

const statesOf = ({ exceptions }: Explanation) => exceptions.map(({ id, state }) => `${id} ${state}`);

/** What two answers do not have in common: the key, before and after. */
const differences = (before: Record<string, unknown>, after: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.keys({ ...before, ...after })
      .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
      .map((key) => [key, [before[key], after[key]]]),
  );

describe('a five-person studio and a 700-person pilot on the same day', () => {
  it('the studio is six lines, and all it has comes from its plan and what it bought', async () => {
    const lines = read(sample.root, 'customers/studio/pixel-and-co.yaml').trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(6);
    const { settings, exceptions } = await explained('pixel-and-co', '2026-03-02');
    expect([...new Set(Object.values(settings).map(({ origin }) => origin.kind))].sort()).toEqual([
      'default',
      'plan',
      'quantity',
    ]);
    expect(exceptions).toEqual([]);
  });

  it('both have one product shape: the same keys and types', async () => {
    const shape = ({ settings }: Answer) =>
      Object.entries(settings).map(([key, value]) => [
        key,
        Array.isArray(value) ? 'list' : value === 'unlimited' ? 'number' : typeof value,
      ]);
    expect(shape(await on('meridian-group', '2026-03-02'))).toEqual(shape(await on('pixel-and-co', '2026-03-02')));
  });

  it('support sees why editors cannot invite people', async () => {
    const { access, terms, settings, stage, plan } = await explained('meridian-group', '2026-05-01');
    expect([plan, stage, settings.seats?.value, terms.billing.method?.value]).toEqual([
      'pilot@1',
      'pilot',
      60,
      'manual',
    ]);
    expect(access.rules).toEqual([
      { exception: 'EX-0007', action: 'inviteTeammates', only: ['admin'] },
      { exception: 'EX-0008', action: 'exportReports', approver: 'admin' },
    ]);
  });

  it('the pilot falls back on its day by itself', async () => {
    const [last, first] = [
      await on('meridian-group', '2026-05-31T23:59:59Z'),
      await on('meridian-group', '2026-06-01'),
    ];
    expect(last).toMatchObject({ plan: 'pilot@1', stage: 'pilot', release: 1 });
    expect(first).toMatchObject({ plan: 'starter@1', stage: 'active', release: 1 });
    expect(differences(last.settings, first.settings)).toEqual({ seats: [60, 3] });
    const account = await json(sample.root, 'get', '--account', 'u_1', '--plan', 'starter@1');
    expect(first.settings).toEqual(account.settings);
    const after = await explained('meridian-group', '2026-06-01');
    expect([statesOf(after), after.access.rules]).toEqual([['EX-0007 expired', 'EX-0008 expired'], []]);
  });
});

describe('a trial, then a contract, for the same account', () => {
  const [trial, contract] = ['2026-06-02T23:59:59Z', '2026-06-03T00:00:00Z'];

  it('one second lies between them, and nothing else', async () => {
    const [before, after] = [await on('quarry-labs', trial), await on('quarry-labs', contract)];
    expect(differences({ ...before, settings: 0, at: 0 }, { ...after, settings: 0, at: 0 })).toEqual({
      plan: ['studio@2', 'enterprise@1'],
      stage: ['trial', 'active'],
    });
    expect(differences(before.settings, after.settings)).toEqual({
      guidedSetupSessions: [0, 4],
      apiCalls: [5000, 500000],
      aiCredits: [500, 5000],
      supportPortalText: [
        'Write to us from the help menu; we answer by e-mail.',
        'Your success manager and our support team answer here around the clock.',
      ],
      namedSupportContacts: [1, 5],
      seats: [5, 40],
      guests: [25, 250],
      sso: [false, true],
      scim: [false, true],
      seatApproval: [false, true],
      sessionHours: [720, 24],
      auditLog: [false, true],
      auditRetentionDays: [30, 365],
      exportFormats: [
        ['csv', 'xlsx'],
        ['csv', 'xlsx', 'json', 'parquet'],
      ],
      webhooks: [false, true],
      storageGb: [50, 500],
      backupRetentionDays: [30, 90],
      sandboxes: [0, 1],
    });
  });

  it('each side is what its plan says: no moment with both or with neither', async () => {
    const [before, after] = [
      await explained('quarry-labs', '2026-06-02'),
      await explained('quarry-labs', '2026-06-03'),
    ];
    const givers = ({ settings }: Explanation) =>
      [...new Set(Object.values(settings).map(({ origin }) => `${origin.kind} ${origin.id ?? ''}`))].sort();
    expect(givers(before)).toEqual(['default ', 'plan studio@2', 'stage trial']);
    expect(givers(after)).toEqual(['default ', 'exception EX-0016', 'plan enterprise@1', 'quantity C-2026-019']);
    expect([before.terms.contract, after.terms.contract?.id]).toEqual([null, 'C-2026-019']);
    expect([before.access.rules, after.access.rules]).toEqual([
      [],
      [{ exception: 'EX-0016', action: 'activateSeats', approver: 'admin' }],
    ]);
    expect(after.terms.billing).toMatchObject({
      method: { value: 'invoice' },
      paymentTerms: { value: 'net30' },
      purchaseOrder: { value: 'PO-7781' },
      unitPrices: { value: { seats: '96.00' } },
    });
  });
});

describe('a yearly invoice with two seat additions', () => {
  it('has the seats its amendments say, on the days they say', async () => {
    const seats: [string, unknown][] = [];
    for (const day of [
      '2025-12-31',
      '2026-01-01',
      '2026-02-14',
      '2026-02-15',
      '2026-03-19',
      '2026-03-20',
      '2026-12-31',
      '2027-01-01',
      '2031-01-01',
    ])
      seats.push([day, (await on('harbor-mutual', day)).settings.seats]);
    expect(seats).toEqual([
      ['2025-12-31', 3],
      ['2026-01-01', 100],
      ['2026-02-14', 100],
      ['2026-02-15', 120],
      ['2026-03-19', 120],
      ['2026-03-20', 125],
      ['2026-12-31', 125],
      ['2027-01-01', 125],
      ['2031-01-01', 125],
    ]);
  });

  it('shows finance and support what was agreed, and loses the credit with the year', async () => {
    const { terms } = await explained('harbor-mutual', '2026-11-20');
    expect(terms.contract).toMatchObject({
      id: 'C-2026-001',
      starts: '2026-01-01',
      ends: '2026-12-31',
      renewal: { kind: 'auto', noticeDays: 30, months: 12 },
    });
    expect(terms.billing).toMatchObject({
      paymentTerms: { value: 'net30' },
      purchaseOrder: { value: 'PO-5120' },
      unitPrices: { value: { seats: '84.00' } },
      credits: { value: [{ amount: '1500.00', until: '2026-12-31' }] },
    });
    expect((await explained('harbor-mutual', '2027-01-01')).terms.billing).not.toHaveProperty('credits');
  });
});

describe('five wishes of the first large buyer', () => {
  it('became a feature, two services, a refusal and a promise', async () => {
    const told = await explained('copperline', '2026-07-01');
    expect(told.exceptions.map(({ id, decision, state }) => [id, decision, state])).toEqual([
      ['EX-0011', 'feature', 'recorded'],
      ['EX-0012', 'service', 'recorded'],
      ['EX-0013', 'service', 'recorded'],
      ['EX-0014', 'no', 'refused'],
      ['EX-0015', 'promise', 'active'],
    ]);
    // What anybody on the plan could have, and nothing that is theirs alone but a promise of people.
    expect(told.settings.sso).toMatchObject({ value: true, origin: { kind: 'plan', id: 'enterprise@1' } });
    expect(Object.values(told.settings).filter(({ origin }) => origin.kind === 'exception')).toEqual([]);
    expect(told.access.rules).toEqual([]);
    expect(told.terms.support.firstResponseHours).toEqual({
      value: { severity1: 1, other: 8 },
      origin: {
        kind: 'exception',
        id: 'EX-0015',
        path: 'customers/enterprise/copperline.yaml',
        line: expect.any(Number),
        because: 'The on-call rota can carry one more; it is a promise of people, not a setting of the product.',
        owner: 'team-support',
        until: '2027-06-14',
      },
    });
    const account = await json(
      sample.root,
      'get',
      '--account',
      'u_1',
      '--plan',
      'enterprise@1',
      '--quantities',
      'seats=220',
    );
    expect((await on('copperline', '2026-07-01')).settings).toEqual(account.settings);
  });

  it('leave nothing behind when the contract ends', async () => {
    const after = await explained('copperline', '2027-06-15');
    expect([after.stage, after.plan, after.terms.support.firstResponseHours?.value]).toEqual([
      'lapsed',
      'starter@1',
      48,
    ]);
    expect(statesOf(after)).toEqual([
      'EX-0011 recorded',
      'EX-0012 recorded',
      'EX-0013 recorded',
      'EX-0014 refused',
      'EX-0015 expired',
    ]);
  });
});

describe('stopping to pay, and coming back', () => {
  it('nothing that was dropped comes back by itself', async () => {
    const hours: [string, unknown, string, string][] = [];
    for (const day of ['2026-04-14', '2026-04-15', '2026-05-10', '2026-06-01', '2027-03-31', '2029-01-01']) {
      const { settings, plan, exceptions } = await explained('granite-rail', day);
      hours.push([day, settings.sessionHours?.value, plan, String(exceptions[0]?.state)]);
    }
    expect(hours).toEqual([
      ['2026-04-14', 8, 'enterprise@1', 'active'],
      ['2026-04-15', 720, 'starter@1', 'dropped'],
      ['2026-05-10', 720, 'pilot@1', 'dropped'],
      ['2026-06-01', 24, 'enterprise@1', 'dropped'],
      ['2027-03-31', 24, 'enterprise@1', 'dropped'],
      ['2029-01-01', 720, 'starter@1', 'dropped'],
    ]);
    const { exceptions } = await explained('granite-rail', '2026-06-01');
    expect(exceptions[0]).toMatchObject({ id: 'EX-0001', droppedOn: '2026-04-15', droppedBy: expect.any(String) });
  });

  it('what was to be kept is there all the while', async () => {
    for (const day of ['2026-03-31', '2026-04-20', '2026-05-10', '2026-06-01'])
      expect([day, (await on('granite-rail', day)).settings.allowedEmailDomains]).toEqual([
        day,
        ['graniterail.example'],
      ]);
  });

  it('a region does not move on lapse, and support sees that nobody pays for it', async () => {
    const [last, lapsed] = [await on('blue-heron-health', '2027-07-14'), await on('blue-heron-health', '2027-07-15')];
    expect([last.stage, last.settings.dataRegion, last.settings.seats]).toEqual(['grace', 'eu', 260]);
    expect([lapsed.stage, lapsed.settings.dataRegion, lapsed.settings.seats]).toEqual(['lapsed', 'eu', 3]);
    expect((await on('blue-heron-health', '2035-01-01')).settings.dataRegion).toBe('eu');
    const { settings } = await explained('blue-heron-health', '2027-07-15');
    expect(settings.dataRegion?.origin).toMatchObject({
      kind: 'addOn',
      id: 'euResidency',
      heldSince: '2027-07-15',
      wouldBe: 'us',
    });
  });

  it('a card that fails goes through its stages on its own, and keeps people reading', async () => {
    const stages: unknown[] = [];
    for (const day of ['2026-11-04', '2026-11-05', '2026-11-15', '2026-12-15']) {
      const { stage, plan, settings } = await on('ember-and-oak', day);
      stages.push([day, stage, plan, settings.apiCalls, settings.seats]);
    }
    expect(stages).toEqual([
      ['2026-11-04', 'active', 'studio@2', 50000, 9],
      ['2026-11-05', 'pastDue', 'studio@2', 50000, 9],
      ['2026-11-15', 'suspended', 'studio@2', 0, 9],
      ['2026-12-15', 'lapsed', 'starter@1', 1000, 3],
    ]);
  });
});
