import { describe, expect, it } from 'vitest';
import { command } from '../../scripts/commands/new-renewal.ts';
import { writeFiles } from '../temporary-repository.ts';
import { errorsOf, json, read, refused, run, sampleCompany } from './sample-company.ts';

describe('new renewal', () => {
  it('does what its help shows', async () => {
    const folder = sampleCompany();
    for (const example of command.examples ?? []) {
      const [, ...words] = example.split(' ');
      expect({ example, ran: await run(folder, ...words, '--dry-run') }).toMatchObject({ ran: { exitCode: 0 } });
    }
  });

  const quarry = 'customers/enterprise/quarry-labs.yaml';

  it('asks what is still needed, and writes nothing before it is answered', async () => {
    const folder = sampleCompany();
    const said = await refused(folder, 2, 'new', 'renewal', 'quarry-labs');
    expect(said).toBe(`proviso: 1 exception of quarry-labs ends with contract C-2026-019: still needed?

  EX-0016  An internal approver confirms before a new seat goes live.
    sets { seatApproval: true }, access [{ action: activateSeats, approver: admin }]; owner team-access; until 2027-06-02
    still needed:      --keep EX-0016=contract   (or a last day: --keep EX-0016=YYYY-MM-DD)
    not needed:        --drop EX-0016
`);
    expect(await json(folder, 'new', 'renewal', 'quarry-labs')).toMatchObject({
      exitCode: 2,
      written: [],
      questions: [
        {
          id: 'EX-0016',
          owner: 'team-access',
          until: '2027-06-02',
          keep: '--keep EX-0016=contract',
          drop: '--drop EX-0016',
        },
      ],
      diagnostics: [],
    });
  });

  it('goes on the day after with the same terms; what is kept is a new record, and the old one stays as it is', async () => {
    const folder = sampleCompany();
    const before = read(folder, quarry);
    expect(await json(folder, 'new', 'renewal', 'quarry-labs', '--keep', 'EX-0016=contract')).toEqual({
      exitCode: 0,
      written: [quarry],
      id: 'C-2027-001',
      exceptions: ['EX-0032'],
      diagnostics: [],
    });
    const contract = `  - id: C-2027-001
    plan: enterprise@1
    starts: 2027-06-03
    ends: 2028-06-02
    renewal: { kind: manual, noticeDays: 60, months: 12 }
    quantities: { seats: 40 }
    billing:
      method: invoice
      interval: year
      paymentTerms: net30
      purchaseOrder: PO-7781
      unitPrices: { seats: "96.00" }
`;
    const record = before
      .slice(before.indexOf('  - id: EX-0016'))
      .replace('EX-0016', 'EX-0032')
      .replace('askedOn: 2026-05-20', 'askedOn: 2026-11-20')
      .replace('neededBy: 2026-06-03', 'neededBy: 2027-06-03')
      .replace(/because: .*/, 'because: renewal of EX-0016')
      .replace('starts: 2026-06-03', 'starts: 2027-06-03')
      .replace('buildHours: 1', 'buildHours: 0');
    expect(read(folder, quarry)).toBe(`${before.replace('exceptions:\n', `${contract}exceptions:\n`)}${record}`);
    expect(await errorsOf(folder)).toEqual([]);
    const explained = await json(folder, 'explain', 'quarry-labs', '--at', '2027-06-03');
    expect(explained).toMatchObject({
      plan: 'enterprise@1',
      settings: { seatApproval: { value: true, origin: { id: 'EX-0032' } } },
    });
  });

  it('records nothing of what is dropped', async () => {
    const folder = sampleCompany();
    const said = await json(
      folder,
      'new',
      'renewal',
      'quarry-labs',
      '--drop',
      'EX-0016',
      '--ends',
      '2027-12-31',
      '--id',
      'C-X',
      '--signed',
      '2027-05-01',
    );
    expect(said).toMatchObject({ exitCode: 0, id: 'C-X', exceptions: [] });
    expect(read(folder, quarry)).toContain(
      '- id: C-X\n    plan: enterprise@1\n    signed: 2027-05-01\n    starts: 2027-06-03\n    ends: 2027-12-31\n',
    );
    const explained = await json(folder, 'explain', 'quarry-labs', '--at', '2027-06-03');
    expect(explained).toMatchObject({ settings: { seatApproval: { value: false } } });
  });

  it('keeps until a day', async () => {
    const folder = sampleCompany();
    expect(await json(folder, 'new', 'renewal', 'quarry-labs', '--keep', 'EX-0016=2027-12-31')).toMatchObject({
      exitCode: 0,
    });
    expect(read(folder, quarry)).toContain('expires: 2027-12-31\n');
  });

  it('starts from what amendments have made of the contract, without credits and without a discount that is over', async () => {
    const folder = sampleCompany();
    const { exitCode, stdout } = await run(
      folder,
      'new',
      'renewal',
      'northwind-traders',
      '--quantity',
      'seats=140',
      '--max-increase',
      '4',
      '--months',
      '24',
    );
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Not carried over: credits belong to the contract before.\n');
    expect(stdout).toContain('Not carried over: the discount ended on 2027-03-31.\n');
    expect(stdout).toContain('Not carried over: the add-on extraApiCalls ends on 2027-03-31.\n');
    const text = read(folder, 'customers/enterprise/northwind-traders.yaml');
    expect(text).toContain(`  - id: C-2027-001
    plan: enterprise@1
    starts: 2027-04-01
    ends: 2029-03-31
    renewal: { kind: manual, noticeDays: 60, months: 24, maxIncreasePercent: "4" }
    quantities: { seats: 140 }
    billing:
      interval: year
      paymentTerms: net30
      purchaseOrder: PO-7902
      unitPrices: { seats: "90.00" }
      usage: postpaid
      commitments: [{ setting: apiCalls, quantity: 1000000, per: year, amount: "1000.00", overage: "0.0015" }]
      tax: { rate: "19" }
    support:
      firstResponseHours: { severity1: 1, other: 8 }
      hours: 24x7
      channel: shared-slack
      contacts: [ops@northwind.example]
      slaCredits: [{ uptimeBelow: "99.9", percent: "10" }]
    promises:
      - what: Security review once a year
        owner: security
        livesIn: manual
        runbook: https://wiki.product.example/security/customer-review
statuses:
`);
  });

  it('keeps what the contract takes away from below', async () => {
    const folder = sampleCompany();
    expect(await run(folder, 'new', 'renewal', 'sterling-partners')).toMatchObject({ exitCode: 0 });
    expect(read(folder, 'customers/enterprise/sterling-partners.yaml')).toMatch(
      /starts: 2027-09-01\n(?: {4}.*\n)* {4}support: \{ firstResponseHours: unset \}\n/,
    );
  });

  it('writes terms as amendments have left them, one form of a discount in place of the other', async () => {
    const folder = sampleCompany({
      'customers/x.yaml': `name: X
plan: starter@1
contracts:
  - id: C-1
    plan: enterprise@1
    starts: 2026-01-01
    ends: 2026-12-31
    renewal: { kind: manual }
    quantities: { seats: 20 }
    billing: { method: invoice, discount: { amount: "50.00", until: 2027-06-30 }, purchaseOrder: "1" }
    amendments: [{ on: 2026-02-01, billing: { discount: { percent: "10" } }, support: { channel: unset } }]
`,
    });
    expect(await run(folder, 'new', 'renewal', 'x')).toMatchObject({ exitCode: 0 });
    expect(read(folder, 'customers/x.yaml')).toContain(`  - id: C-2027-001
    plan: enterprise@1
    starts: 2027-01-01
    ends: 2027-12-31
    renewal: { kind: manual }
    quantities: { seats: 20 }
    billing: { method: invoice, discount: { until: 2027-06-30, percent: "10" }, purchaseOrder: "1" }
    support: { channel: unset }
`);
  });

  it('does not carry credits into the next contract, as a renewal by itself would not', async () => {
    const folder = sampleCompany();
    const { stdout } = await run(folder, 'new', 'renewal', 'harbor-mutual');
    expect(stdout).toContain('Not carried over: credits belong to the contract before.\n');
    expect(read(folder, 'customers/enterprise/harbor-mutual.yaml').match(/credits/g)).toHaveLength(1);
  });

  it('follows the term that an `auto` contract is in', async () => {
    const folder = sampleCompany();
    const { exitCode } = await run(folder, 'new', 'renewal', 'harbor-mutual', '--at', '2029-05-01');
    expect(exitCode).toBe(0);
    expect(read(folder, 'customers/enterprise/harbor-mutual.yaml')).toContain(
      'starts: 2030-01-01\n    ends: 2030-12-31\n',
    );
  });

  it('renews in grace from the day after the end', async () => {
    const folder = sampleCompany();
    expect(await run(folder, 'new', 'renewal', 'orbit-logistics')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(read(folder, 'customers/enterprise/orbit-logistics.yaml')).toContain(
      'starts: 2026-11-16\n    ends: 2027-11-15\n',
    );
  });

  it('asks for exceptions that end with grace, and for the day, once the account has lapsed', async () => {
    const folder = sampleCompany();
    const path = 'customers/enterprise/orbit-logistics.yaml';
    writeFiles(folder, { [path]: read(folder, path).replace('expires: 2027-11-15', 'expires: contract') });
    expect(await refused(folder, 2, 'new', 'renewal', 'orbit-logistics', '--at', '2026-12-10')).toContain(
      'say when the next contract starts: --starts',
    );
    const late = ['new', 'renewal', 'orbit-logistics', '--at', '2026-12-10', '--starts', '2027-01-01'];
    expect(await refused(folder, 2, ...late)).toContain('--keep EX-0005=contract');
    expect(await run(folder, ...late, '--keep', 'EX-0005=contract')).toMatchObject({ exitCode: 0 });
    expect(await json(folder, 'explain', 'orbit-logistics', '--at', '2027-01-01')).toMatchObject({
      settings: { namedSupportContacts: { value: 12 } },
    });
  });

  it.each([
    ['was dropped by the lapse of 2026, like EX-0001', 'granite-rail', ['EX-0018']],
    ['ended with the contract before, like EX-0003', 'blue-heron-health', ['EX-0019', 'EX-0020']],
    ['goes on beyond the end, like EX-0031', 'northwind-traders', undefined],
  ])('does not ask for what %s', async (_, customer, ids) => {
    const { questions } = await json(sampleCompany(), 'new', 'renewal', customer, '--at', '2027-01-01');
    expect((questions as { id: string }[] | undefined)?.map(({ id }) => id)).toEqual(ids);
  });

  it('changes the plan only with its quantities, and not to one that is not sold', async () => {
    const folder = sampleCompany();
    const argv = ['new', 'renewal', 'quarry-labs', '--drop', 'EX-0016', '--plan'];
    expect(await refused(folder, 2, ...argv, 'studio@1')).toContain('studio@1 is no longer sold');
    expect(await refused(folder, 2, ...argv, 'studio@2')).toContain('they were --quantity seats=40');
    const { exitCode, stdout } = await run(folder, ...argv, 'studio@2', '--quantity', 'seats=40', '--renewal', 'none');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Not carried over: agreed unit prices belong to the plan before.\n');
    expect(read(folder, quarry)).toContain(
      'ends: 2028-06-02\n    renewal: { kind: none }\n    quantities: { seats: 40 }\n',
    );
    expect(read(folder, quarry).match(/unitPrices/g)).toHaveLength(1);
  });

  it.each([
    ['who has no contract', ['pixel-and-co'], 2, 'has no contract that could be renewed'],
    [
      'whose next contract is there',
      ['riverbend-county'],
      2,
      'has its next contract already: C-2026-031 starts 2027-03-01',
    ],
    ['month to month', ['willow-credit-union'], 2, 'goes on month to month'],
    [
      'an answer to nothing',
      ['quarry-labs', '--drop', 'EX-0016', '--drop', 'EX-0011'],
      2,
      'no exception EX-0011 ends with the contract, so there is nothing to answer for it\n  help: what does is EX-0016',
    ],
    [
      'an answer where nothing ends',
      ['northwind-traders', '--keep', 'EX-0031=contract'],
      2,
      'help: leave out --keep and --drop: no exception does',
    ],
    ['two answers', ['quarry-labs', '--drop', 'EX-0016', '--keep', 'EX-0016=contract'], 2, 'two answers for EX-0016'],
    ['an answer that says no day', ['quarry-labs', '--keep', 'EX-0016'], 2, '--keep says until when'],
    ['a day that is none', ['quarry-labs', '--keep', 'EX-0016=later'], 1, 'expires'],
    [
      'a start within the contract',
      ['quarry-labs', '--drop', 'EX-0016', '--starts', '2027-05-01'],
      1,
      'contracts-overlap',
    ],
    ['an end before the start', ['quarry-labs', '--drop', 'EX-0016', '--ends', '2027-05-01'], 1, 'ends-before-start'],
    [
      'an id of the contract before',
      ['quarry-labs', '--drop', 'EX-0016', '--id', 'C-2026-019'],
      1,
      'contract-id-twice',
    ],
  ])('refuses %s', async (_, argv, exitCode, message) => {
    expect(await refused(sampleCompany(), exitCode, 'new', 'renewal', ...argv)).toContain(message);
  });
});
