import { describe, expect, it } from 'vitest';
import { type Answers, attendedTerminal, keys } from '../fixtures/attended-terminal.ts';
import { talkOnTerminal } from '../fixtures/real-terminal.ts';
import { isMissing } from '../fixtures/servers/server.ts';
import { type Ran, runProviso } from '../run-proviso.ts';
import { disk, errorsOf, read, sampleCompany } from './sample-company.ts';

const { enter, down, stop, end, clear } = keys;

interface Talk extends Ran {
  shown: string;
  /** Answers that nobody asked for. */
  left: number;
}

/** Runs a command with somebody at the terminal. */
async function talk(
  folder: string,
  argv: readonly string[],
  answers: Answers,
  variables: Readonly<Record<string, string>> = {},
): Promise<Talk> {
  const { terminal, shown, left } = attendedTerminal(answers);
  const ran = await runProviso(argv, { folder, variables, now: '2026-11-20T10:00:00Z', terminal });
  return { ...ran, shown: shown(), left: left() };
}

const says = (...words: string[]) => [...words, enter] as const;

const ending = (id: string, set: string): string =>
  `  - { id: ${id}, need: It has to fit., kind: workflow, askedBy: jo@product.example, askedOn: 2026-01-05, neededBy: 2026-01-05, worth: { amount: "1.00", currency: USD, per: year }, demand: [], usedBy: somebody, because: they said so, owner: cs, handledBy: cs, hoursPerMonth: 1, livesIn: config, decision: configuration, set: ${set}, starts: 2026-02-01, expires: contract, onUpgrade: keep, onDowngrade: keep, onLapse: keep }\n`;

const endingCompany = {
  'customers/ending.yaml': `name: Ending
plan: starter@1
contracts:
  - { id: C-2026-900, plan: enterprise@1, starts: 2026-01-01, ends: 2026-12-31, renewal: { kind: none }, quantities: { seats: 20 } }
exceptions:
${ending('EX-9001', '{ guests: 300 }')}${ending('EX-9002', '{ sandboxes: 2 }')}${ending('EX-9003', '{ storageGb: 600 }')}`,
};

describe('new customer', () => {
  it('asks for what is missing, says what cannot be meant, and writes what was answered', async () => {
    const folder = sampleCompany();
    const talked = await talk(
      folder,
      ['new', 'customer', '--billing', 'card'],
      [
        ['Which id?', ...says('Acme Ltd')],
        ['is no customer id', clear, ...says('pixel-and-co')],
        ['there is a customer pixel-and-co already', clear, ...says('north-star')],
        ['What do people call it?', ...says(' Inc')],
        ['Which base plan?', down, enter],
      ],
    );
    expect([talked.exitCode, talked.left, talked.stderr]).toEqual([0, 0, '']);
    expect(read(folder, 'customers/pilot/north-star.yaml')).toBe(
      '# yaml-language-server: $schema=../../schemas/generated/customer.schema.json\nname: North Star Inc\nplan: pilot@1\nbilling: { method: card }\n',
    );
    expect(talked.shown).toContain('starter@1');
    expect(talked.shown).not.toContain('studio@1');
  });

  it('asks nothing when nothing is missing', async () => {
    const folder = sampleCompany();
    const talked = await talk(folder, ['new', 'customer', 'acme', '--name', 'Acme', '--plan', 'studio@2'], []);
    expect([talked.exitCode, talked.shown]).toEqual([0, '']);
  });

  it.each([
    ['at once', [['Which id?', stop]]],
    [
      'at the last question',
      [
        ['Which id?', ...says('acme')],
        ['What do people call it?', enter],
        ['Which base plan?', stop],
      ],
    ],
    ['with Ctrl-D', [['Which id?', end]]],
    [
      'with Ctrl-D at a choice',
      [
        ['Which id?', ...says('acme')],
        ['What do people call it?', enter],
        ['Which base plan?', end],
      ],
    ],
  ] as [string, Answers][])('writes nothing when whoever is asked stops %s', async (_, answers) => {
    const folder = sampleCompany();
    const before = disk(folder);
    const { exitCode, stdout, stderr, left } = await talk(folder, ['new', 'customer'], answers);
    expect([exitCode, stdout, stderr, left]).toEqual([2, '', 'proviso: you stopped; nothing was written\n', 0]);
    expect(disk(folder)).toEqual(before);
  });

  it.each([
    ['in CI', ['new', 'customer', 'acme'], { CI: 'true' }],
    ['for a program', ['new', 'customer', 'acme', '--format', 'json'], {}],
    ['on a terminal that shows nothing', ['new', 'customer', 'acme'], { TERM: 'dumb' }],
  ] as [string, string[], Record<string, string>][])('asks nobody %s', async (_, argv, variables) => {
    const { exitCode, shown, stdout, stderr } = await talk(sampleCompany(), argv, [], variables);
    expect([exitCode, shown]).toEqual([2, '']);
    expect(`${stdout}${stderr}`).toContain('--name <value> is needed');
  });

  it('asks nobody without a terminal', async () => {
    const folder = sampleCompany();
    const { terminal, shown } = attendedTerminal([]);
    const without = (side: 'input' | 'output', what: object) => ({
      ...terminal,
      [side]: Object.assign(Object.create(terminal[side]), what),
    });
    // A terminal without columns is a program that pretends to be one.
    const halves = [
      without('input', { isTTY: false }),
      without('output', { isTTY: false }),
      without('output', { columns: 0 }),
    ];
    for (const half of halves) {
      expect(await runProviso(['new', 'customer', 'acme'], { folder, terminal: half })).toMatchObject({ exitCode: 2 });
    }
    expect(shown()).toBe('');
  });
});

describe('new exception', () => {
  const asked: Answers = [
    ['Which customer?', ...says('nobody')],
    ['there is no customer nobody', clear, ...says('pixel-and-co')],
    ['What was decided?', enter],
    ['need:', ...says('More guests for the trade fair.')],
    ['kind:', down, down, enter],
    ['asked-by:', ...says('anna@product.example')],
    ['worth:', ...says('much')],
    ['such as "49.00 USD month"', clear, ...says('900.00 USD year')],
    ['used-by:', ...says('the whole team, in March')],
    ['because:', ...says('It is for a month.')],
    ['What does it do?', enter],
    ['set: such as', ...says('gests=60')],
    ['did you mean guests?', clear, ...says('guests=60')],
    ['starts:', clear, ...says('2027-03-32')],
    ['is not a day', clear, ...says('2027-03-01')],
    ['expires:', ...says('2027-03-31')],
    ['on-upgrade:', enter],
    ['on-downgrade:', down, enter],
    ['on-lapse:', down, enter],
    ['owner:', ...says('anna@product.example')],
    ['handled-by:', ...says('support')],
    ['hours-per-month:', ...says('few')],
    ['takes a number', clear, ...says('0.5')],
  ];

  it('asks for the whole record, by the kind of each answer', async () => {
    const folder = sampleCompany();
    const { exitCode, left, stderr } = await talk(folder, ['new', 'exception'], asked);
    expect([exitCode, left, stderr]).toEqual([0, 0, '']);
    const text = read(folder, 'customers/studio/pixel-and-co.yaml');
    for (const line of [
      'need: More guests for the trade fair.',
      'kind: workflow',
      'worth: { amount: "900.00", currency: USD, per: year }',
      'decision: configuration',
      'set: { guests: 60 }',
      'starts: 2027-03-01',
      'onUpgrade: keep',
      'onDowngrade: drop',
      'hoursPerMonth: 0.5',
    ])
      expect(text).toContain(line);
    expect(await errorsOf(folder)).toEqual([]);
  });

  it('asks only for what the decision needs', async () => {
    const folder = sampleCompany();
    const said = ['--need', 'Faster answers.', '--kind', 'support', '--asked-by', 'anna@product.example'];
    const more = ['--worth', '900.00 USD year', '--used-by', 'all', '--because', 'It is too dear.', '--owner', 'cs'];
    const rest = ['--handled-by', 'support', '--hours-per-month', '0', '--needed-by', '2027-01-01'];
    const argv = ['new', 'exception', 'pixel-and-co', '--decision', 'no', ...said, ...more, ...rest];
    const { exitCode, left, shown } = await talk(folder, argv, [
      ['lives-in:', down, down, enter],
      ['runbook:', ...says('docs/no.md')],
      ['area:', down, down, enter],
    ]);
    expect([exitCode, left]).toEqual([0, 0]);
    expect(shown).not.toContain('starts:');
    const text = read(folder, 'customers/studio/pixel-and-co.yaml');
    for (const line of ['livesIn: manual', 'runbook: docs/no.md', 'area: support']) expect(text).toContain(line);
  });
});

describe('new plan', () => {
  it('copies another plan', async () => {
    const folder = sampleCompany();
    const copied = await talk(
      folder,
      ['new', 'plan'],
      [
        ['Which plan?', ...says('Studio!')],
        ['is no plan with its version', clear, ...says('starter')],
        ['Is it like another plan?', down, down, down, down, down, enter],
      ],
    );
    expect([copied.exitCode, copied.left, copied.stderr]).toEqual([0, 0, '']);
    expect(read(folder, 'plans/starter@2.yaml')).toContain('name: Starter\n');
  });

  it('asks for name, rank and price of one of its own', async () => {
    const folder = sampleCompany();
    const { exitCode, left, stderr } = await talk(
      folder,
      ['new', 'plan', 'team'],
      [
        ['Is it like another plan?', enter],
        ['What do people call it?', ...says('Team')],
        ['Its rank?', ...says('high')],
        ['takes a number', clear, ...says('25')],
        ['What does it cost?', enter],
        ['How much?', ...says('59')],
        ['is an amount', clear, ...says('59.00 USD month')],
      ],
    );
    expect([exitCode, left, stderr]).toEqual([0, 0, '']);
    expect(read(folder, 'plans/team@1.yaml')).toContain(
      'name: Team\nrank: 25\nsold: true\nsettings: {}\nprice: { currency: USD, per: month, amount: "59.00" }\n',
    );
  });
});

describe('new renewal', () => {
  it('asks for the customer, and of every exception that ends with the contract', async () => {
    const folder = sampleCompany(endingCompany);
    const talked = await talk(
      folder,
      ['new', 'renewal', '--starts', '2027-01-01', '--ends', '2027-12-31'],
      [
        ['Which customer?', ...says('ending')],
        ['EX-9001 ends on 2026-12-31: is it still needed?', enter],
        ['EX-9002 ends on 2026-12-31: is it still needed?', down, enter],
        ['EX-9002: its last day?', ...says('soon')],
        ['is not a day', clear, ...says('2027-06-30')],
        ['EX-9003 ends on 2026-12-31: is it still needed?', down, down, enter],
      ],
    );
    expect([talked.exitCode, talked.left, talked.stderr]).toEqual([0, 0, '']);
    const text = read(folder, 'customers/ending.yaml');
    expect(text.match(/because: renewal of EX-\d+/g)).toEqual([
      'because: renewal of EX-9001',
      'because: renewal of EX-9002',
    ]);
    expect(text.match(/expires: \S+/g)).toEqual([
      ...Array.from({ length: 3 }, () => 'expires: contract,'),
      'expires: contract',
      'expires: 2027-06-30',
    ]);
    expect(await errorsOf(folder)).toEqual([]);
  });
});

describe.skipIf(process.platform !== 'linux' || isMissing('script'))('on a terminal of the system', () => {
  it('the program asks, writes what was answered, and ends', async () => {
    const folder = sampleCompany();
    const talked = await talkOnTerminal(
      folder,
      ['new', 'customer', '--billing', 'card'],
      [
        ['Which id?', ...says('Acme Ltd')],
        ['is no customer id', clear, ...says('north-star')],
        ['What do people call it?', ...says(' Inc')],
        ['Which base plan?', down, enter],
      ],
    );
    expect([talked.exitCode, talked.left]).toEqual([0, 0]);
    expect(read(folder, 'customers/pilot/north-star.yaml')).toContain('name: North Star Inc\nplan: pilot@1\n');
  });

  it.each([
    ['Ctrl-C', stop],
    ['Ctrl-D', end],
  ])('%s ends it, and it says that nothing was written', async (_, key) => {
    const folder = sampleCompany();
    const before = disk(folder);
    const { exitCode, shown } = await talkOnTerminal(folder, ['new', 'customer'], [['Which id?', key]]);
    expect([exitCode, shown]).toEqual([2, expect.stringContaining('proviso: you stopped; nothing was written')]);
    expect(disk(folder)).toEqual(before);
  });
});
