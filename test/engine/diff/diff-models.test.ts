import { describe, expect, it } from 'vitest';
import {
  causeLine,
  changeLines,
  company,
  diffOf,
  edited,
  exception,
  replaced,
  settings,
  today,
} from '../../fixtures/diff/small-company.ts';

const STUDIO = 'plans/studio@2.yaml';
const fewerSeats = replaced(company, STUDIO, 'seats: 50', 'seats: 40');

describe('a plan’s setting', () => {
  it('changes who has it from the plan, now or later, and names who is shielded and by what', async () => {
    const { customers, causes, ...rest } = await diffOf(company, fewerSeats);
    expect(rest).toEqual({ at: today, base: 'base', head: 'head', diagnostics: [] });
    expect(changeLines(customers)).toEqual([
      'adding: settings.seats 55 → 45 ever.. takes',
      'bare: settings.seats 50 → 40 ever.. takes',
      'earlier: settings.seats 50 → 40 2025-03-01..2025-12-31 past takes',
      'later: settings.seats 50 → 40 2027-03-01..2027-12-31 takes',
      'special: settings.seats 50 → 40 ever..2025-12-31 past takes',
      'special: settings.seats 50 → 40 2027-01-01.. takes',
    ]);
    expect(causes).toEqual([
      {
        path: 'plans/studio@2.yaml settings.seats',
        change: 'seats 50 → 40',
        customers: ['adding', 'bare', 'earlier', 'later', 'special'],
        shielded: ['bought'],
        shieldedBy: { bought: 'bought by account' },
        past: ['earlier'],
        gives: 0,
        takes: 4,
      },
    ]);
  });

  it('says where each value comes from, on both sides, with the line that says it', async () => {
    const { customers } = await diffOf(company, fewerSeats);
    const plan = { kind: 'plan', id: 'studio@2', path: STUDIO, line: 4 };
    const addOn = { kind: 'addOn', id: 'moreSeats', path: 'customers/adding.yaml', line: 3 };
    expect(customers.slice(0, 2)).toEqual([
      {
        customer: 'adding',
        name: 'Adding',
        kind: 'changed',
        changes: [
          {
            path: 'settings.seats',
            from: 55,
            to: 45,
            effective: null,
            direction: 'takes',
            origin: { before: addOn, after: addOn },
            causes: ['plans/studio@2.yaml settings.seats'],
          },
        ],
      },
      {
        customer: 'bare',
        name: 'Bare',
        kind: 'changed',
        changes: [
          {
            path: 'settings.seats',
            from: 50,
            to: 40,
            effective: null,
            direction: 'takes',
            origin: { before: plan, after: plan },
            causes: ['plans/studio@2.yaml settings.seats'],
          },
        ],
      },
    ]);
  });

  it('moves between the past and what changes with the day that is asked for', async () => {
    const on = async (at: string) => (await diffOf(company, fewerSeats, { at })).causes.map(causeLine);
    expect(await on('2025-12-31')).toEqual([
      'plans/studio@2.yaml settings.seats: seats 50 → 40 [adding,bare,earlier,later,special] shielded [bought]',
    ]);
    expect(await on('2026-01-01')).toEqual([
      'plans/studio@2.yaml settings.seats: seats 50 → 40 [adding,bare,later,special] shielded [bought] past [earlier]',
    ]);
    expect(await on('2028-01-01')).toEqual([
      'plans/studio@2.yaml settings.seats: seats 50 → 40 [adding,bare,special] shielded [bought] past [earlier,later]',
    ]);
  });
});

describe('what says the same', () => {
  it.each([
    ['the same files', company],
    [
      'layout and comments',
      edited(company, { 'customers/bare.yaml': '# who\nplan:   studio@2 # which\nname: "Bare"\n' }),
    ],
    ['comments in a plan', replaced(company, STUDIO, 'rank: 20', 'rank: 20 # as agreed')],
    [
      'another folder',
      edited(company, { 'customers/bare.yaml': undefined, 'customers/eu/bare.yaml': company['customers/bare.yaml'] }),
    ],
  ])('%s: nothing', async (_, head) => {
    expect(await diffOf(company, head)).toEqual({
      at: today,
      base: 'base',
      head: 'head',
      customers: [],
      causes: [],
      diagnostics: [],
    });
  });

  it.each([
    [
      'a role',
      'policies/roles.yaml',
      '[writePages]',
      '[writePages, exportReports]',
      'policies/roles.yaml roles.editor.may: editor may exportReports []',
    ],
    [
      'onboarding',
      'policies/onboarding.yaml',
      'contact: { type: email }',
      'contact: { type: text }',
      'policies/onboarding.yaml details.contact.type: detail contact: type email → text []',
    ],
    ['a name', 'customers/bare.yaml', 'Bare', 'Bear', 'customers/bare.yaml: name Bare → Bear []'],
    [
      'whether a plan is sold',
      STUDIO,
      'rank: 20',
      'rank: 20\nsold: false',
      'plans/studio@2.yaml sold: no longer sold []',
    ],
  ])('%s is told, and reaches nobody', async (_, path, text, other, line) => {
    const { customers, causes } = await diffOf(company, replaced(company, path, text, other));
    expect(customers).toEqual([]);
    expect(causes.map(causeLine)).toEqual([line]);
  });
});

describe('a customer’s own file', () => {
  it('shows a ramp on its days, and what it rewrites of the past', async () => {
    const head = edited(company, {
      'customers/bought.yaml': `name: Bought
plan: studio@2
quantities: { seats: 70 }
amendments:
  - { on: 2026-02-01, quantities: { seats: 80 } }
  - { on: 2026-06-01, quantities: { seats: 70 } }
  - { on: 2027-01-01, quantities: { seats: 90 }, billing: { paymentTerms: net30 } }
`,
    });
    const { customers, causes } = await diffOf(company, head);
    expect(changeLines(customers)).toEqual([
      'bought: settings.seats 70 → 80 2026-02-01..2026-05-31 past gives',
      'bought: settings.seats 70 → 90 2027-01-01.. gives',
      'bought: terms.billing.paymentTerms "net15" → "net30" 2027-01-01.. gives',
    ]);
    expect(customers[0]?.changes.map(({ origin }) => [origin.before?.line, origin.after?.line])).toEqual([
      [3, 5],
      [3, 7],
      [7, 7],
    ]);
    expect(causes.map(causeLine)).toEqual([
      'customers/bought.yaml: amendment of 2026-02-01 added, amendment of 2026-06-01 added and amendment of 2027-01-01 added [bought]',
    ]);
  });

  it('tells a new customer from one that is closed, and from a file that is gone', async () => {
    const head = edited(company, {
      'customers/bare.yaml': undefined,
      'customers/new.yaml': 'name: New\nplan: starter@1\n',
      'customers/free.yaml': `${company['customers/free.yaml']}statuses: [{ stage: closed, since: 2027-01-01 }]\n`,
    });
    const { customers, causes, diagnostics } = await diffOf(company, head);
    expect(customers.map(({ customer, kind, vanished }) => [customer, kind, vanished])).toEqual([
      ['bare', 'closed', true],
      ['free', 'closed', undefined],
      ['new', 'added', undefined],
    ]);
    expect(changeLines(customers.slice(1))).toEqual([
      'free: stage "active" → "closed" 2027-01-01.. takes',
      'free: settings.seats 3 → 0 2027-01-01.. takes',
      'new: plan null → "starter@1" ever.. neutral',
      'new: stage null → "active" ever.. neutral',
      'new: settings.seats null → 3 ever.. neutral',
      'new: settings.apiCalls null → 100 ever.. neutral',
      'new: settings.delay null → 60 ever.. neutral',
      'new: settings.sso null → false ever.. neutral',
      'new: settings.region null → "us" ever.. neutral',
    ]);
    expect(causes.map(causeLine)).toEqual([
      'customers/bare.yaml: the file is gone [bare]',
      'customers/free.yaml: status closed 2027-01-01 added [free]',
      'customers/new.yaml: new customer [new]',
    ]);
    expect(diagnostics.map(({ rule, severity, at }) => [rule, severity, at.path])).toEqual([
      ['customer-vanished', 'error', 'customers/bare.yaml'],
    ]);
  });

  it('lets a file go that was closed', async () => {
    const closed = edited(company, {
      'customers/bare.yaml': `${company['customers/bare.yaml']}statuses: [{ stage: closed, since: 2026-01-01 }]\n`,
    });
    const { customers, diagnostics } = await diffOf(closed, edited(closed, { 'customers/bare.yaml': undefined }));
    expect(customers.map(({ customer, kind }) => [customer, kind])).toEqual([['bare', 'closed']]);
    expect(diagnostics).toEqual([]);
  });

  it('shows access rules and groups', async () => {
    const rules = exception(
      'EX-9',
      'decision: configuration, access: [{ action: writePages, only: [editor] }], starts: 2026-12-01, expires: 2026-12-31',
    );
    const head = edited(company, {
      'customers/free.yaml': `${company['customers/free.yaml']}access: { groups: [{ name: finance, roles: [editor] }] }\n${rules}`,
    });
    const { customers } = await diffOf(company, head);
    expect(changeLines(customers)).toEqual([
      'free: access.groups.finance null → true ever.. gives',
      'free: access.groups.finance.roles null → ["editor"] ever.. gives',
      'free: access.rules.writePages null → {"only":["editor"]} 2026-12-01..2026-12-31 takes',
    ]);
    expect(customers[0]?.changes[2]?.origin).toEqual({
      before: null,
      after: {
        kind: 'exception',
        id: 'EX-9',
        path: 'customers/free.yaml',
        line: 5,
        because: 'agreed with sales',
        owner: 'team-a',
      },
    });
  });
});

describe('everything else that is shared', () => {
  it('standard terms, shielded by who agreed its own', async () => {
    const files = edited(company, {
      'customers/bought.yaml': `${company['customers/bought.yaml']}billing: { paymentTerms: net60 }\n`,
    });
    const { customers, causes } = await diffOf(files, replaced(files, STUDIO, 'net15', 'net30'));
    expect(changeLines(customers)).toEqual([
      'adding: terms.billing.paymentTerms "net15" → "net30" ever.. gives',
      'bare: terms.billing.paymentTerms "net15" → "net30" ever.. gives',
      'earlier: terms.billing.paymentTerms "net15" → "net30" 2025-03-01..2025-12-31 past gives',
      'later: terms.billing.paymentTerms "net15" → "net30" 2027-03-01..2027-12-31 gives',
      'special: terms.billing.paymentTerms "net15" → "net30" ever.. gives',
    ]);
    expect(causes.map(causeLine)).toEqual([
      'plans/studio@2.yaml standardTerms.billing.paymentTerms: billing.paymentTerms net15 → net30 [adding,bare,later,special] shielded [bought] past [earlier]',
    ]);
    expect(causes[0]?.shieldedBy).toEqual({ bought: 'its account' });
  });

  it('a list price, for those who agreed none', async () => {
    const files = edited(company, {
      'customers/bought.yaml': `${company['customers/bought.yaml']}billing: { unitPrices: { seats: "7.00" } }\n`,
    });
    const { customers, causes } = await diffOf(files, replaced(files, STUDIO, '"9.00"', '"10.00"'));
    expect(customers).toEqual([]);
    expect(causes.map(causeLine)).toEqual([
      'plans/studio@2.yaml price.units.seats.amount: list price of a unit of seats 9.00 → 10.00 [] shielded [bought] list price [adding,bare,later,special]',
    ]);
  });

  it('the menu, for who bought from it', async () => {
    const { customers, causes } = await diffOf(
      company,
      replaced(company, 'policies/menu.yaml', 'seats: 5', 'seats: 10'),
    );
    expect(changeLines(customers)).toEqual(['adding: settings.seats 55 → 60 ever.. gives']);
    expect(causes.map(causeLine)).toEqual([
      'policies/menu.yaml addOns.moreSeats.adds.seats: add-on moreSeats adds seats 5 → 10 [adding]',
    ]);
  });

  it('the days of a stage, as far as they move a boundary', async () => {
    const owing = 'statuses: [{ stage: pastDue, since: 2026-11-15 }]\n';
    const files = edited(company, {
      'customers/bare.yaml': `${company['customers/bare.yaml']}${owing}`,
      'customers/free.yaml': `${company['customers/free.yaml']}billing: { method: invoice }\n${owing}`,
    });
    const { customers, causes } = await diffOf(
      files,
      replaced(files, 'policies/lifecycle.yaml', 'card: 10', 'card: 20'),
    );
    expect(changeLines(customers)).toEqual([
      'bare: stage "suspended" → "pastDue" 2026-11-25..2026-12-04 gives',
      'bare: settings.apiCalls 0 → 400 2026-11-25..2026-12-04 gives',
      'bare: plan "starter@1" → "studio@2" 2026-12-25..2027-01-03 gives',
      'bare: stage "lapsed" → "suspended" 2026-12-25..2027-01-03 gives',
      'bare: settings.seats 3 → 50 2026-12-25..2027-01-03 gives',
      'bare: settings.apiCalls 100 → 0 2026-12-25..2027-01-03 takes',
    ]);
    expect(causes.map(causeLine)).toEqual([
      'policies/lifecycle.yaml stages.pastDue.card: stage pastDue: card 10 → 20 [bare] shielded [free]',
    ]);
  });

  it('the payment method of a plan, as far as overdue days go by it', async () => {
    const files = edited(company, {
      'customers/bare.yaml': `${company['customers/bare.yaml']}statuses: [{ stage: pastDue, since: 2026-11-01, until: 2026-11-30 }]\n`,
    });
    const { customers, causes } = await diffOf(files, replaced(files, STUDIO, 'method: card', 'method: manual'));
    expect(changeLines(customers).filter((line) => line.startsWith('bare: '))).toEqual([
      'bare: terms.billing.method "card" → "manual" ever.. neutral',
      'bare: stage "suspended" → "pastDue" 2026-11-11..2026-11-30 gives',
      'bare: settings.apiCalls 0 → 400 2026-11-11..2026-11-30 gives',
    ]);
    expect(causes).toHaveLength(1);
    const bare = customers.find(({ customer }) => customer === 'bare');
    expect(new Set(bare?.changes.flatMap((change) => change.causes))).toEqual(new Set([causes[0]?.path]));
  });

  it('a default, for whom no plan names it', async () => {
    const after = { ...settings, seats: { ...settings.seats, default: 4 } } as typeof settings;
    const { customers, causes } = await diffOf(company, company, { after });
    expect(changeLines(customers)).toEqual([
      'earlier: settings.seats 3 → 4 ever..2025-02-28 past gives',
      'earlier: settings.seats 3 → 4 2026-01-01.. gives',
      'free: settings.seats 3 → 4 ever.. gives',
      'later: settings.seats 3 → 4 ever..2027-02-28 gives',
      'later: settings.seats 3 → 4 2028-01-01.. gives',
    ]);
    expect(causes.map(causeLine)).toEqual([
      'schemas/settings.ts seats.default: default of seats 3 → 4 [earlier,free,later]',
    ]);
  });

  it('a new setting, whose cause is the catalogue for all and the plan for those who get more', async () => {
    const after = { ...settings, audit: feature };
    const head = replaced(company, STUDIO, 'seats: 50', 'seats: 50\n  audit: true');
    const { customers, causes } = await diffOf(company, head, { after });
    expect(changeLines(customers).filter((line) => /^(bare|free)/.test(line))).toEqual([
      'bare: settings.audit null → true ever.. gives',
      'free: settings.audit null → false ever.. neutral',
    ]);
    expect(causes.map(causeLine)).toEqual([
      'schemas/settings.ts audit: new setting audit, false by default [adding,bare,bought,earlier,free,later,special]',
      'plans/studio@2.yaml settings.audit: audit false (the default) → true [adding,bare,bought,later,special] past [earlier]',
    ]);
  });

  const feature = { kind: 'feature', area: 'access', default: false, favours: true, description: 'Log.' } as const;
});

describe('several edits at once', () => {
  it('names for each difference what did it', async () => {
    const files = replaced(fewerSeats, 'policies/menu.yaml', 'seats: 5', 'seats: 10');
    const head = edited(files, {
      'customers/bare.yaml': 'name: Bare\nplan: studio@2\nquantities: { seats: 60 }\n',
      'customers/bought.yaml': 'name: Bought\nplan: studio@2\n',
      'customers/free.yaml': 'name: Free\nplan: starter@1\nbilling: { method: invoice }\n',
    });
    const { causes } = await diffOf(company, head);
    expect(causes.map(causeLine)).toEqual([
      'plans/studio@2.yaml settings.seats: seats 50 → 40 [adding,bare,bought,later,special] past [earlier]',
      'policies/menu.yaml addOns.moreSeats.adds.seats: add-on moreSeats adds seats 5 → 10 [adding]',
      'customers/bare.yaml: quantities.seats none → 60 [bare]',
      'customers/bought.yaml: quantities.seats 70 → none [bought]',
      'customers/free.yaml: billing.method none → invoice [free]',
    ]);
  });

  it('does not count a customer whose own edit undoes the shared one', async () => {
    const head = edited(fewerSeats, {
      'customers/bare.yaml': 'name: Bare\nplan: studio@2\nquantities: { seats: 50 }\n',
    });
    const { causes } = await diffOf(company, head);
    expect(causes.map(causeLine)).toEqual([
      'plans/studio@2.yaml settings.seats: seats 50 → 40 [adding,later,special] shielded [bare,bought] past [earlier]',
      'customers/bare.yaml: quantities.seats none → 50 []',
    ]);
  });
});
