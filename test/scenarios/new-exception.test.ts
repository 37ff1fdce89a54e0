import { describe, expect, it } from 'vitest';
import { exceptionFlags } from '../../engine/edit/new-exception.ts';
import { command as newExceptionCommand } from '../../scripts/commands/new-exception.ts';
import { errorsOf, json, read, refused, run, sampleCompany } from './sample-company.ts';

const asked = [
  ['--need', 'Their auditors: all of them', '--because', 'no', '--kind', 'reporting', '--owner', 'team-access'],
  ['--handled-by', 'support', '--asked-by', 'jo@product.example', '--worth', '1.10 USD year'],
  ['--used-by', 'auditors # yearly', '--hours-per-month', '0.5'],
].flat();
const lasting = [
  ['--starts', '2026-12-01', '--expires', 'contract'],
  ['--on-upgrade', 'keep', '--on-downgrade', 'drop', '--on-lapse', 'drop'],
].flat();
const configuration = ['--decision', 'configuration', ...asked, ...lasting];

describe('new exception', () => {
  const path = 'customers/enterprise/harbor-mutual.yaml';

  it('adds the record at the end, with the next id, and leaves the rest as it was', async () => {
    const folder = sampleCompany();
    const before = read(folder, path);
    const more = ['--set', 'guests=300', '--add', 'seats=5', '--access', 'exportReports approver=admin'];
    const said = await json(
      folder,
      'new',
      'exception',
      'acc_18007',
      ...configuration,
      ...more,
      '--demand',
      'initech,globex',
    );
    expect(said).toEqual({ exitCode: 0, written: [path], id: 'EX-0032', diagnostics: [] });
    expect(read(folder, path)).toBe(
      `${before}exceptions:
  - id: EX-0032
    need: "Their auditors: all of them"
    kind: reporting
    askedBy: jo@product.example
    askedOn: 2026-11-20
    neededBy: 2026-12-01
    worth: { amount: "1.10", currency: USD, per: year }
    demand: [initech, globex]
    usedBy: "auditors # yearly"
    decision: configuration
    because: "no"
    set: { guests: 300 }
    add: { seats: 5 }
    access: [{ action: exportReports, approver: admin }]
    starts: 2026-12-01
    expires: contract
    onUpgrade: keep
    onDowngrade: drop
    onLapse: drop
    owner: team-access
    handledBy: support
    livesIn: config
    hoursPerMonth: 0.5
`,
    );
    expect(
      await json(
        folder,
        'new',
        'exception',
        'pixel-and-co',
        ...configuration,
        '--set',
        'guests=60',
        '--expires',
        '2027-01-31',
      ),
    ).toMatchObject({
      exitCode: 0,
      id: 'EX-0033',
    });
  });

  it.each([
    [
      'feature',
      [
        '--lives-in',
        'code',
        '--area',
        'access',
        '--tracking',
        'PROD-9',
        '--settings',
        'sso,scim',
        '--needed-by',
        '2027-01-01',
      ],
      'tracking: PROD-9\n    settings: [sso, scim]\n',
    ],
    [
      'service',
      [
        '--lives-in',
        'code',
        '--area',
        'access',
        '--price',
        '6000.00 USD',
        '--ends',
        '2027-01-01',
        '--needed-by',
        '2027-01-01',
      ],
      'price: { amount: "6000.00", currency: USD }\n    ends: 2027-01-01\n',
    ],
    [
      'promise',
      [
        ...lasting,
        '--lives-in',
        'manual',
        '--runbook',
        'https://wiki.example/x',
        '--term',
        'support.firstResponseHours=4',
      ],
      'terms: { support: { firstResponseHours: 4 } }\n',
    ],
    [
      'no',
      [
        '--lives-in',
        'config',
        '--area',
        'access',
        '--offer',
        'an export',
        '--refuses',
        'sso,exportReports',
        '--needed-by',
        '2027-01-01',
      ],
      'decision: no\n    because: "no"\n    offer: an export\n    refuses: { settings: [sso], actions: [exportReports] }\n',
    ],
  ])('records a %s', async (decision, more, text) => {
    const folder = sampleCompany();
    const ran = await run(folder, 'new', 'exception', 'harbor-mutual', '--decision', decision, ...asked, ...more);
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(read(folder, path)).toContain(text);
    expect(await errorsOf(folder)).toEqual([]);
  });

  it.each([
    [
      'lists everything that is missing',
      ['--decision', 'no', '--need', 'x', '--needed-by', '2027-01-01'],
      'still needed: --kind, --asked-by, --worth, --used-by, --because, --owner, --handled-by, --lives-in, --hours-per-month',
    ],
    ['asks for a decision', asked, '--decision is one of configuration, feature, service, promise, no'],
    [
      'knows what a decision has no place for',
      ['--decision', 'no', '--set', 'guests=5'],
      '--set does not go with --decision no',
    ],
    ['knows the settings', [...configuration, '--set', 'guest=5'], 'there is no setting guest; did you mean guests?'],
    [
      'knows what is refused',
      ['--decision', 'no', ...asked, '--lives-in', 'config', '--needed-by', '2027-01-01', '--refuses', 'exportReport'],
      'did you mean exportReports?',
    ],
  ])('%s', async (_, argv, message) => {
    expect(await refused(sampleCompany(), 2, 'new', 'exception', 'harbor-mutual', ...argv)).toContain(message);
  });

  it('knows the customers', async () => {
    expect(await refused(sampleCompany(), 2, 'new', 'exception', 'harbour-mutual', ...configuration)).toContain(
      'did you mean harbor-mutual?',
    );
  });

  it.each([
    [
      'a second one on one setting on one day',
      'northwind-traders',
      [...configuration, '--starts', '2026-12-20', '--set', 'refundApprovalAbove=9'],
      'exceptions-overlap',
    ],
    [
      'an id that was used',
      'harbor-mutual',
      [...configuration, '--set', 'guests=300', '--id', 'ex-0031'],
      'exception-id-twice',
    ],
    [
      'a word that is none of the language',
      'harbor-mutual',
      [...configuration, '--set', 'guests=300', '--on-lapse', 'perhaps'],
      'onLapse',
    ],
    [
      'a day that is none',
      'harbor-mutual',
      [...configuration, '--set', 'guests=300', '--starts', '2026-02-30'],
      'starts',
    ],
    ['nothing that it sets', 'harbor-mutual', configuration, 'sets nothing'],
    [
      'a character that nobody sees',
      'harbor-mutual',
      [...configuration, '--set', 'guests=300', '--need', 'a\u202eb'],
      'bidirectional',
    ],
    [
      'a control character',
      'harbor-mutual',
      [...configuration, '--set', 'guests=300', '--need', 'a\u0007b'],
      'control',
    ],
    ['a text that is blank', 'harbor-mutual', [...configuration, '--set', 'guests=300', '--need', ' '], 'need'],
  ])('refuses %s, with its place in the file that would have been', async (_, customer, argv, message) => {
    const said = await refused(sampleCompany(), 1, 'new', 'exception', customer, ...argv);
    expect(said).toContain('Nothing was written.');
    expect(said).toContain(message);
    expect(said).toMatch(new RegExp(`customers/enterprise/${customer}\\.yaml:\\d+:\\d+`));
  });

  it('does not mind what was wrong before, there or elsewhere', async () => {
    const wrong = 'name: X\nplan: studio@2\naddOns: [{ id: extraApiCall }]\n';
    const folder = sampleCompany({ 'customers/studio/wrong.yaml': wrong, 'customers/broken.yaml': 'name: [\n' });
    const argv = ['new', 'exception', 'wrong', ...configuration, '--set', 'guests=60', '--expires', '2027-01-31'];
    expect(await json(folder, ...argv)).toMatchObject({ exitCode: 0, diagnostics: [] });
    expect(read(folder, 'customers/studio/wrong.yaml').startsWith(`${wrong}exceptions:\n`)).toBe(true);
  });

  it('does not touch a file that cannot be read, and does not use its ids', async () => {
    const folder = sampleCompany({ 'customers/broken.yaml': 'name: [\nexceptions: [{ id: EX-0077 }\n' });
    const said = await refused(folder, 1, 'new', 'exception', 'broken', ...configuration, '--set', 'guests=60');
    expect(said).toContain('customers/broken.yaml:');
    expect(
      await json(folder, 'new', 'exception', 'harbor-mutual', ...configuration, '--set', 'guests=300'),
    ).toMatchObject({
      id: 'EX-0078',
    });
  });

  it('can be told everything that a record says', () => {
    expect(Object.keys(newExceptionCommand.options).sort()).toEqual([...exceptionFlags, 'id', 'dry-run'].sort());
  });

  it('says so where there is no catalogue, and where the catalogue is wrong', async () => {
    const folder = sampleCompany({ 'schemas/generated/catalogue.json': '{' });
    expect(await refused(folder, 1, 'new', 'exception', 'harbor-mutual')).toContain(
      'the settings catalogue is not valid JSON',
    );
  });
});
