/** The first enterprise deal: one request with five wishes, each answered for itself. */
import { describe, expect, it } from 'vitest';
import { edit } from './company-in-git.ts';
import { json, read, run } from './sample-company.ts';
import {
  approvalsFor,
  checked,
  effectOf,
  exceptionRecord,
  settingsOf,
  storyFiles,
  storyRepository,
} from './story-company.ts';

const PATH = 'customers/copperline.yaml';
const TODAY = ['--at', '2026-05-20'];

const CONTRACT = `name: Copperline
plan: starter@1
contracts:
  - id: C-2026-018
    plan: enterprise@1
    signed: 2026-05-15
    starts: 2026-06-01
    ends: 2027-05-31
    renewal: { kind: manual, noticeDays: 90, months: 12 }
    quantities: { seats: 220 }
services:
  - { id: dataMapping, on: 2026-06-15, price: "6000.00" }
  - { id: exportSetup, on: 2026-06-29, price: "2800.00" }
`;

const wish = (id: string, more: Readonly<Record<string, unknown>>): string =>
  exceptionRecord({
    id,
    askedOn: '2026-05-06',
    neededBy: '2026-06-01',
    worth: { amount: '23760.00', currency: 'USD', per: 'year' },
    owner: 'team-product',
    ...more,
  });

const never = { onUpgrade: undefined, onDowngrade: undefined, onLapse: undefined };

const SSO = wish('EX-0011', {
  ...never,
  need: 'People sign in through their own identity provider.',
  kind: 'security',
  area: 'access',
  demand: ['old-harbor', 'meridian-group'],
  decision: 'feature',
  because: 'Every buyer of this size asks for it, so it became part of Enterprise.',
  tracking: 'PROD-412',
  settings: ['sso'],
  livesIn: 'code',
  buildHours: 160,
  hoursPerMonth: 3,
});

const FIELDS = wish('EX-0012', {
  ...never,
  need: 'Their project numbers appear on every project.',
  kind: 'reporting',
  area: 'onboarding',
  decision: 'service',
  because: 'Data mapping brings their numbers into the fields we have.',
  price: { amount: '6000.00', currency: 'USD' },
  ends: '2026-07-15',
  livesIn: 'manual',
  runbook: 'https://wiki.product.example/data-mapping',
  buildHours: 30,
});

const EXPORTS = wish('EX-0013', {
  ...never,
  need: 'Finance receives project hours in a file layout of its own.',
  kind: 'reporting',
  area: 'access',
  decision: 'service',
  because: 'A script on their side turns our CSV into their layout.',
  price: { amount: '2800.00', currency: 'USD' },
  ends: '2026-07-31',
  livesIn: 'manual',
  runbook: 'https://wiki.product.example/special-exports',
  buildHours: 16,
});

const LEGAL = wish('EX-0014', {
  ...never,
  need: 'Invoices go to their legal team before they are approved.',
  kind: 'legal',
  area: 'billing',
  decision: 'no',
  because: 'A branch of its own would be kept up for one customer.',
  offer: 'The approvals everybody has.',
  refuses: { actions: ['approveInvoices'], settings: ['seatApproval'] },
});

const ANSWERS = wish('EX-0015', {
  need: 'When work stops for everybody, somebody answers within the hour.',
  kind: 'support',
  decision: 'promise',
  because: 'The rota can carry one more, as a promise of people.',
  terms: { support: { firstResponseHours: { severity1: 1, other: 8 } } },
  starts: '2026-06-01',
  expires: 'contract',
  livesIn: 'manual',
  runbook: 'https://wiki.product.example/severity-1',
  hoursPerMonth: 6,
});

const DEAL = `${CONTRACT}exceptions:\n${SSO}${FIELDS}${EXPORTS}${LEGAL}${ANSWERS}`;

function signed(): string {
  const root = storyRepository({ [PATH]: 'name: Copperline\nplan: starter@1\n' });
  edit(root, { [PATH]: DEAL }, 'Copperline signs');
  return root;
}

describe('what is on the menu', () => {
  it('is sold by sales without asking anybody', async () => {
    const root = storyRepository();
    edit(root, {
      'customers/pixel-and-co.yaml': `${storyFiles['customers/pixel-and-co.yaml']}amendments: [{ on: 2026-06-01, quantities: { seats: 12 } }]
addOns: [{ id: extraApiCalls, quantity: 5, starts: 2026-06-01 }]
services: [{ id: dataMapping, on: 2026-06-04, price: "6000.00" }]
`,
      'customers/new-buyer.yaml': `name: New Buyer
plan: starter@1
contracts:
  - id: C-2026-050
    plan: studio@1
    starts: 2026-06-01
    ends: 2027-05-31
    renewal: { kind: auto, months: 12 }
    quantities: { seats: 20 }
    billing: { method: invoice, paymentTerms: net15, discount: { percent: "10", until: 2027-05-31 } }
`,
    });
    expect(await checked(root, ...TODAY)).toEqual({
      exitCode: 0,
      verdict: 'approved',
      approvals: [],
      satisfied: [],
      errors: [],
      warnings: [],
    });
  });
});

describe('the first large deal', () => {
  it('is held until a founder has approved what stays in the product or weighs on it, and says why', async () => {
    const root = signed();
    expect(await checked(root, ...TODAY)).toMatchObject({
      exitCode: 1,
      verdict: 'needsApproval',
      approvals: [
        'founder: a refusal stays and blocks',
        'founder: it stays in the product for ever',
        'founder: it touches the security model',
        'founder: support has to keep it',
        'security: they sign in through a system of their own',
      ],
      errors: [],
    });
    const path = await approvalsFor(root, ...TODAY);
    expect(await checked(root, ...TODAY, '--approvals', path)).toMatchObject({ exitCode: 0, verdict: 'approved' });
  });

  it('is held too where it touches the data model', async () => {
    const root = signed();
    const moved = wish('EX-0020', {
      need: 'Their rows lie in Europe.',
      kind: 'hosting',
      because: 'Their law asks for it and we have the region.',
      set: { dataRegion: 'eu' },
      starts: '2026-06-01',
      expires: 'contract',
    });
    edit(root, { [PATH]: `${DEAL}${moved}` });
    expect(await checked(root, ...TODAY)).toMatchObject({
      exitCode: 1,
      approvals: ['founder: it touches the data model'],
      errors: [],
    });
  });

  it('changes nobody else', async () => {
    const root = signed();
    expect((await effectOf(root, ...TODAY)).map(([customer]) => customer)).toEqual(['copperline']);
    const { stdout } = await run(root, 'check', '--base', 'HEAD~1', ...TODAY);
    expect(stdout).toContain('Terms change for 1 customer.');
  });

  it('gives what any customer of the plan may have: nothing in the product is keyed to them', async () => {
    const root = signed();
    await json(root, 'publish');
    const anybody = await json(root, 'get', '--account', 'u_1', '--plan', 'enterprise@1', '--quantities', 'seats=220');
    expect(await settingsOf(root, 'copperline', '2026-07-01')).toEqual(anybody.settings);
    expect(read(root, 'plans/enterprise@1.yaml')).not.toMatch(/copperline/i);
  });
});

interface Kept {
  exceptions: { id: string; state: string; until?: string; suggestion: { verdict: string } }[];
}

const report = async (root: string, at: string): Promise<Kept> =>
  (await json(root, 'exceptions', 'copperline', '--at', at)) as unknown as Kept;

describe('half a year later', () => {
  it('the report says what they have that others do not, and what would stay without them', async () => {
    const root = signed();
    const { exceptions } = await report(root, '2026-11-01');
    expect(exceptions.map(({ id, state, until, suggestion }) => [id, state, until, suggestion.verdict])).toEqual([
      ['EX-0012', 'recorded', '2026-07-15', 'retire'],
      ['EX-0014', 'refused', undefined, 'keep'],
      // As long as the contract; its fourteen days of grace count as the contract.
      ['EX-0015', 'active', '2027-06-14', 'keep'],
      ['EX-0011', 'recorded', undefined, 'keep'],
      ['EX-0013', 'recorded', '2026-07-31', 'retire'],
    ]);
    const { stdout } = await run(root, 'exceptions', 'copperline', '--at', '2026-11-01');
    expect(stdout).toContain('If copperline left, what stays in the product? Only sso.\n');
    for (const [id, then] of [
      ['EX-0011', 'stays: sso (1 other customer uses it)'],
      ['EX-0012', 'done; nothing stays'],
      ['EX-0013', 'done; nothing stays'],
      ['EX-0014', 'was refused; nothing stays'],
      ['EX-0015', 'leaves with them, on 2027-06-14 at the latest; nobody else has it'],
    ] as const)
      expect(stdout).toMatch(new RegExp(`${id} .*${then.replace(/[()]/g, '\\$&')}`));
  });
});

describe('a wish in the wrong place', () => {
  it.each([
    [
      'a response time among the limits of a plan',
      'plans/enterprise@1.yaml',
      storyFiles['plans/enterprise@1.yaml'].replace('auditLog: true', 'auditLog: true, firstResponseHours: 1'),
      'plans/enterprise@1.yaml:4 `firstResponseHours` is a promise: it belongs to support terms',
    ],
    [
      'a limit of seats among the promises of a contract',
      PATH,
      CONTRACT.replace(
        '    quantities: { seats: 220 }\n',
        '    quantities: { seats: 220 }\n    support: { seats: 250 }\n',
      ),
      `${PATH}:11 \`seats\` is a product limit: it belongs to the plan, an add-on or an exception`,
    ],
  ])('%s fails, and the message names the right one', async (_title, path, text, problem) => {
    const root = storyRepository({ [PATH]: CONTRACT });
    edit(root, { [path]: text });
    expect(await checked(root, ...TODAY)).toMatchObject({ exitCode: 1, verdict: 'blocked', errors: [problem] });
  });
});

describe('the approval flow that was refused', () => {
  it.each([
    ['as a rule of access', { access: [{ action: 'approveInvoices', approver: 'manager' }] }, 'approveInvoices'],
    ['as a setting', { set: { seatApproval: true } }, 'seatApproval'],
  ])('does not come back %s: the message quotes the refusal', async (_title, does, name) => {
    const root = signed();
    const again = wish('EX-0021', {
      ...does,
      need: 'Their legal team looks at what is spent.',
      because: 'They asked again at the end of the quarter.',
      starts: '2026-09-01',
      expires: 'contract',
    });
    edit(root, { [PATH]: `${DEAL}${again}` });
    const { exitCode, verdict, errors } = await checked(root, '--at', '2026-08-20');
    expect([exitCode, verdict]).toEqual([1, 'blocked']);
    expect(errors).toEqual([
      expect.stringMatching(
        new RegExp(
          `^${PATH}:\\d+ .*${name}, which EX-0014 refused: “Invoices go to their legal team before they are approved\\.”, because “A branch of its own would be kept up for one customer\\.”$`,
        ),
      ),
    ]);
  });
});

describe('a renewal without the promise', () => {
  const TERM = '    support: { firstResponseHours: { severity1: 1, other: 8 } }\n';
  const next = (term: string): string =>
    DEAL.replace(ANSWERS, '')
      .replace('    quantities: { seats: 220 }\n', `    quantities: { seats: 220 }\n${TERM}`)
      .replace(
        'services:\n',
        `  - id: C-2027-018
    plan: enterprise@1
    signed: 2027-04-20
    starts: 2027-06-01
    ends: 2028-05-31
    renewal: { kind: manual, noticeDays: 90, months: 12 }
    quantities: { seats: 220 }
${term}services:
`,
      );

  it('is one line less, and changes that term on that day and no setting', async () => {
    const root = storyRepository({ [PATH]: next(TERM) });
    edit(root, { [PATH]: next('') });
    expect(await effectOf(root, '--at', '2027-05-01')).toEqual([
      [
        'copperline',
        'changed',
        [
          'terms.support.firstResponseHours: null → 8 (2027-06-01 to 2028-06-14)',
          'terms.support.firstResponseHours.other: 8 → null (2027-06-01 to 2028-06-14)',
          'terms.support.firstResponseHours.severity1: 1 → null (2027-06-01 to 2028-06-14)',
        ],
      ],
    ]);
  });

  it('ends a promise that was an exception by itself: support loses it that day, the product nothing', async () => {
    const renewed = DEAL.replace(
      'services:\n',
      `  - id: C-2027-018
    plan: enterprise@1
    signed: 2027-04-20
    starts: 2027-06-01
    ends: 2028-05-31
    renewal: { kind: manual, noticeDays: 90, months: 12 }
    quantities: { seats: 220 }
services:
`,
    );
    const root = storyRepository({ [PATH]: renewed });
    await json(root, 'publish');
    const support = async (at: string) =>
      ((await json(root, 'explain', 'copperline', '--at', at)).terms as { support: Record<string, { value: unknown }> })
        .support.firstResponseHours?.value;
    expect([await support('2027-05-31'), await support('2027-06-01')]).toEqual([{ severity1: 1, other: 8 }, 8]);
    const stateOn = async (at: string) => (await report(root, at)).exceptions.find(({ id }) => id === 'EX-0015')?.state;
    expect([await stateOn('2027-05-31'), await stateOn('2027-06-01')]).toEqual(['active', 'expired']);
    expect(await settingsOf(root, 'copperline', '2027-06-01')).toEqual(
      await settingsOf(root, 'copperline', '2027-05-31'),
    );
  });
});
