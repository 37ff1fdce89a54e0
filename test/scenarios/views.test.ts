import { describe, expect, it } from 'vitest';
import { readCalendar } from '../fixtures/read-calendar.ts';
import { record, viewsCompany } from '../fixtures/views-company.ts';
import { commitAll, temporaryFolder, temporaryRepository, writeFiles } from '../temporary-repository.ts';
import { json, refused, run, sampleCompany } from './sample-company.ts';

function company(files: Readonly<Record<string, string>> = {}): string {
  const folder = temporaryFolder();
  writeFiles(folder, { ...viewsCompany, ...files });
  return folder;
}

/** What a command prints where nothing is wrong. */
async function shown(folder: string, ...argv: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await run(folder, ...argv);
  expect([exitCode, stderr]).toEqual([0, '']);
  return stdout;
}

const empty = {
  'schemas/generated/catalogue.json': viewsCompany['schemas/generated/catalogue.json'] ?? '',
  'plans/free@1.yaml': viewsCompany['plans/free@1.yaml'] ?? '',
};

function emptyCompany(): string {
  const folder = temporaryFolder();
  writeFiles(folder, empty);
  return folder;
}

describe('exceptions', () => {
  it('puts every exception on one page, by place, with what to do about it', async () => {
    expect(await shown(company(), 'exceptions')).toBe(`8 exceptions, as of 2026-11-20

Onboarding: 1 exception
  id    customer  what it does  state    until  lives in  h/month  to build              worth  owner
  EX-4  bolt      is refused    refused         config          0            100.00 USD a year  team-a

  id    asked by  why             used by    wanted by  suggestion
  EX-4  jo        It was agreed.  everybody  one buyer  keep: the refusal stays on record and blocks what was refused

Support: 1 exception
  id    customer  what it does                              state     until       lives in  h/month  to build              worth  owner
  EX-8  east      promises { support: { channel: phone } }  in force  2027-01-31  config          0            100.00 USD a year  team-a

  id    asked by  why             used by            wanted by  suggestion
  EX-8  jo        It was agreed.  nobody, since May  one buyer  retire: it is said to be used by nobody, since May

Access: 5 exceptions
  id    customer  what it does                      state     until       lives in  h/month  to build              worth  owner
  EX-1  acme      sets { seats: 50 }                in force  2027-01-14  config          2            100.00 USD a year  team-a
  EX-2  acme      becomes part of the product: sso  recorded              code          3.5        40  100.00 USD a year  team-b
  EX-3  bolt      sets { seats: 50 }                in force  2026-12-10  config          0            100.00 USD a year  team-a
  EX-5  core      sets { sso: true }                ended     2026-10-03  config          0            100.00 USD a year  team-a
  EX-7  east      sets { seats: 5 }                 in force  2027-01-31  config          0            100.00 USD a year  team-a

  id    asked by  why             used by    wanted by                                       suggestion
  EX-1  jo        It was agreed.  everybody  a pattern: wanted by globex; bolt has the same  merge: 2 customers have the same (bolt too): make it a plan setting or an add-on
  EX-2  jo        It was agreed.  everybody  one buyer                                       keep: it is part of the product, for any plan
  EX-3  jo        It was agreed.  everybody  a pattern: acme has the same                    merge: 2 customers have the same (acme too): make it a plan setting or an add-on
  EX-5  jo        It was agreed.  everybody  one buyer                                       keep: emergency: bring it under the usual approvals by 2026-10-03, or close it; releases wait for it
  EX-7  jo        It was agreed.  everybody  one buyer                                       retire: nothing would be different without it

Hosting: 1 exception
  id    customer  what it does         state  until       lives in  h/month  to build              worth  owner
  EX-6  east      sets { region: eu }  ended  2026-06-30  config          0            100.00 USD a year  team-a

  id    asked by  why             used by    wanted by  suggestion
  EX-6  jo        It was agreed.  everybody  one buyer  retire: it ended on 2026-06-30; the record stays

Upkeep today: 5.5 hours a month
  owner   kept true  h/month
  team-b          1      3.5
  team-a          4        2

  place    kept true  h/month
  support          1        0
  access           4      5.5

Decided: 1 feature, 5 configuration, 1 service or promise, 1 no
`);
  });

  it('counts one hour as one', async () => {
    const asked = record({ id: 'EX-9', says: 'decision: feature, tracking: T-1, area: access', hours: 1 });
    const folder = company({ 'customers/once.yaml': `name: Once\nplan: free@1\nexceptions:\n${asked}` });
    expect(await shown(folder, 'exceptions', 'once')).toContain('Upkeep today: 1 hour a month\n');
    expect(await shown(folder, 'exceptions', 'once', '--format', 'markdown')).toContain('1 hour a month\n');
  });

  it('says what stays in the product if a customer left', async () => {
    const text = await shown(company(), 'exceptions', 'acme');
    expect(text.slice(text.indexOf('If acme'))).toBe(`If acme left, what stays in the product? Only sso.
  id    what it does                      then
  EX-1  sets { seats: 50 }                leaves with them, on 2027-01-14 at the latest; 1 other customer has it too
  EX-2  becomes part of the product: sso  stays: sso (1 other customer uses it)
`);
    const { leaving } = await json(company(), 'exceptions', '--customer', 'bolt');
    expect(leaving).toMatchObject({ customer: 'bolt', stays: [] });
  });

  it('of the first large deal only single sign-on stays, and nobody else has its promise', async () => {
    const { leaving, exceptions } = await json(sampleCompany(), 'exceptions', 'copperline');
    expect(leaving).toEqual({
      customer: 'copperline',
      records: [
        { id: 'EX-0012', does: expect.any(String), after: 'done; nothing stays' },
        {
          id: 'EX-0014',
          does: expect.stringMatching(/^is refused: refundApprovalAbove, /),
          after: 'was refused; nothing stays',
        },
        {
          id: 'EX-0015',
          does: expect.any(String),
          after: 'leaves with them, on 2027-06-14 at the latest; nobody else has it',
        },
        {
          id: 'EX-0011',
          does: 'becomes part of the product: sso',
          after: expect.stringMatching(/^stays: sso \(\d+ other customers use it\)$/),
        },
        { id: 'EX-0013', does: expect.any(String), after: 'done; nothing stays' },
      ],
      stays: ['sso'],
    });
    expect(exceptions).toHaveLength(5);
  });

  it.each([
    [['--owner', 'team-b'], ['EX-2']],
    [['--area', 'support'], ['EX-8']],
    [
      ['--customer', 'bolt'],
      ['EX-4', 'EX-3'],
    ],
    [['--since', '7d'], ['EX-4']],
    [['--since', '2026-11-18'], ['EX-4']],
    [['--since', '2026-11-19'], []],
    [['--owner', 'nobody'], []],
  ])('%j leaves %j', async (filter, ids) => {
    const { exceptions } = await json(company(), 'exceptions', ...filter);
    expect((exceptions as { id: string }[]).map(({ id }) => id)).toEqual(ids);
  });

  it('sorts what was asked for lately by what was decided', async () => {
    const text = await shown(sampleCompany(), 'exceptions', '--since', '300d');
    const titles = text.split('\n').filter((line) => /^(Became|Refused)/.test(line));
    expect(titles).toEqual([
      'Became a feature: 1 exception',
      'Became configuration: 11 exceptions',
      'Became a service or a promise: 5 exceptions',
      'Refused: 2 exceptions',
    ]);
  });

  it('shows only what was in force then for a day in the past', async () => {
    const { exceptions } = await json(company(), 'exceptions', '--at', '2026-05-01');
    expect((exceptions as { id: string; state: string }[]).map(({ id, state }) => `${id} ${state}`)).toContain(
      'EX-6 active',
    );
  });

  it('as a spreadsheet runs no formula and keeps every record on its row', async () => {
    const hostile = record({
      id: 'EX-9',
      need: '"=cmd|calc"',
      owner: '"@evil,x"',
      says: 'decision: no, area: billing',
    });
    const text = await shown(
      company({ 'customers/bolt.yaml': `name: "+Bolt"\nplan: team@1\nexceptions:\n${hostile}` }),
      'exceptions',
      '--csv',
    );
    const rows = text.split('\r\n');
    expect(rows.at(-1)).toBe('');
    expect(rows).toHaveLength(1 + 7 + 1);
    expect(rows.find((row) => row.includes('EX-9'))).toMatch(
      /^billing,bolt,'\+Bolt,EX-9,no,'=cmd\|calc,.*,"'@evil,x",/,
    );
  });
});

describe('renewals', () => {
  it('says what ends or renews, by when to decide, and what then happens', async () => {
    expect(await shown(company(), 'renewals')).toBe(`7 endings and renewals from 2026-11-20 to 2027-02-18

Contracts
  day         customer  what                            last day    notice by   renewal  at most  ends with it        then
  2026-12-01  Acme      contract C-1 ends               2026-12-31  2026-12-01  by hand  +5 %     Review once a year  grace begins, on team@1 as before
  2027-01-14  Acme      the grace of contract C-1 ends  2027-01-14                                EX-1                lapses to free@1

Everything else
  last day    customer  what                                              then                                     where
  2026-12-01  Dune      the pilot of pilot@1 ends                         falls back to free@1                     customers/dune.yaml:3
  2026-12-10  Bolt      EX-3 (sets { seats: 50 }) ends                    what it gives is gone                    customers/bolt.yaml:4
  2026-12-31  Acme      the discount of 10 % ends                         recurring lines are at their full price  customers/acme.yaml:10
  2027-01-31  East      EX-7 (sets { seats: 5 }) ends                     what it gives is gone                    customers/east.yaml:5
  2027-01-31  East      EX-8 (promises { support: { channel: phone } })…  what it gives is gone                    customers/east.yaml:6
`);
  });

  it('lists a pilot fourteen days before its end', async () => {
    const ids = async (at: string) => {
      const { renewals } = await json(sampleCompany(), 'renewals', 'meridian-group', '--within', '14d', '--at', at);
      return (renewals as { kind: string; last: string }[])
        .filter(({ kind }) => kind === 'pilot')
        .map(({ last }) => last);
    };
    expect(await ids('2026-05-16')).toEqual([]);
    expect(await ids('2026-05-17')).toEqual(['2026-05-31']);
    expect(await ids('2026-05-31')).toEqual(['2026-05-31']);
    expect(await ids('2026-06-01')).toEqual([]);
  });

  it('counts the terms of a contract that renews by itself, years ahead', async () => {
    const { renewals } = await json(sampleCompany(), 'renewals', 'harbor-mutual', '--at', '2030-12-15');
    expect(renewals).toMatchObject([
      {
        kind: 'contract',
        id: 'C-2026-001',
        last: '2030-12-31',
        notice: '2030-12-01',
        renewal: 'auto',
        isFollowed: false,
      },
    ]);
  });

  it('tells a contract that is followed from one that is not', async () => {
    const { renewals } = await json(sampleCompany(), 'renewals', 'quarry-labs', '--at', '2026-05-20', '--within', '2w');
    expect(renewals).toMatchObject([
      { kind: 'trial', isFollowed: true, then: 'contract C-2026-019 follows, on enterprise@1' },
    ]);
  });

  it('as a calendar says the same, with ids that stay and no clock in it', async () => {
    const folder = company();
    const text = await shown(folder, 'renewals', '--ics');
    const { events } = readCalendar(text);
    expect(events.map(({ DTSTART, DTEND, UID, SUMMARY }) => [DTSTART, DTEND, UID, SUMMARY])).toEqual([
      [
        '20261201',
        '20261202',
        'notice.contract.C-1.acme@proviso',
        'Acme: last day of notice, contract C-1 ends on 2026-12-31',
      ],
      ['20261201', '20261202', 'pilot.2026-11-01.dune@proviso', 'Dune: the pilot of pilot@1 ends'],
      ['20261210', '20261211', 'exception.EX-3.bolt@proviso', 'Bolt: EX-3 (sets { seats: 50 }) ends'],
      ['20261231', '20270101', 'contract.C-1.acme@proviso', 'Acme: contract C-1 ends'],
      ['20261231', '20270101', 'discount.2026-12-31.acme@proviso', 'Acme: the discount of 10 % ends'],
      ['20270114', '20270115', 'grace.C-1.acme@proviso', 'Acme: the grace of contract C-1 ends'],
      ['20270131', '20270201', 'exception.EX-7.east@proviso', 'East: EX-7 (sets { seats: 5 }) ends'],
      [
        '20270131',
        '20270201',
        'promise.EX-8.east@proviso',
        'East: EX-8 (promises { support: { channel: phone } }) ends',
      ],
    ]);
    expect(new Set(events.map(({ DTSTAMP }) => DTSTAMP))).toEqual(new Set(['20261120T000000Z']));
    expect(await shown(folder, 'renewals', '--ics')).toBe(text);
  });
});

describe('agenda', () => {
  it('goes through the week, each line with its next step', async () => {
    expect(await shown(company(), 'agenda')).toBe(`Review of 2026-11-20: asked since 2026-11-13, ending by 2026-12-20

New asks (1)
  Bolt: EX-4: Another colour. It is refused.
    next: tell jo why, and what is offered instead  customers/bolt.yaml:5

Unpaid (1)
  Core: past due since 2026-11-15 (card refused): is suspended on 2026-11-25 by itself (team@1)
    next: collect; once it is paid, end the status with \`until\`  customers/core.yaml:3

Ending soon (3)
  Acme: contract C-1 ends on 2026-12-31, notice by 2026-12-01: grace begins, on team@1 as before
    next: agree the renewal: \`proviso new renewal acme\`  customers/acme.yaml:4
  Dune: the pilot of pilot@1 ends on 2026-12-01: falls back to free@1
    next: write the contract that follows, or tell them what they lose: \`proviso simulate dune --event lapse\`  customers/dune.yaml:3
  Bolt: EX-3 (sets { seats: 50 }) ends on 2026-12-10: what it gives is gone
    next: ask whether it is still needed: a new record, a plan, or let it end  customers/bolt.yaml:4

Emergencies that are overdue (1)
  Core: EX-5 was made in an emergency on 2026-10-01 and has been over since 2026-10-04: nobody could sign in
    next: bring it under the usual approvals and say so in \`breakGlass.closed\`; releases wait for it  customers/core.yaml:5

Held, paid by nothing (1)
  East: Region eu is held since 2026-07-01, paid by nothing; it came from EX-6, and would be us
    next: agree what they have from now on, and write it down: a plan, an add-on or an exception that names it  customers/east.yaml:4

The same for several (1)
  2 customers have an exception for seats 50: acme and bolt
    next: make it a plan setting or an add-on, and end the exceptions  customers/acme.yaml:13

Onboarding is not complete (1)
  Dune: onboarding has not asked: Security contact (sso is true)
    next: somebody asks, and writes contact under \`details\`  customers/dune.yaml:1
`);
  });

  it('knows what is new since a commit', async () => {
    const { root, commit } = temporaryRepository(viewsCompany);
    const late = record({ id: 'EX-20', askedOn: '2020-01-01', says: 'decision: no, area: access' });
    writeFiles(root, { 'customers/dune.yaml': `${viewsCompany['customers/dune.yaml']}exceptions:\n${late}` });
    commitAll(root);
    const { agenda } = await json(root, 'agenda', '--since', commit);
    expect((agenda as { newAsks: { what: string }[] }).newAsks.map(({ what }) => what.slice(0, 5))).toEqual(['EX-20']);
    expect(await refused(root, 2, 'agenda', '--since', 'no-such-ref')).toContain('no-such-ref');
  });

  it('puts what is broken on the list, and fails where that is an error', async () => {
    const ran = await run(company({ 'customers/flaw.yaml': 'name: Flaw\nplan: gone@1\n' }), 'agenda');
    expect([ran.exitCode, ran.stderr]).toEqual([1, '']);
    expect(ran.stdout).toContain(
      'Broken (1)\n  Flaw: no plan named gone@1 (unknown-plan)\n    next: a plan is a file: plans/gone@1.yaml  customers/flaw.yaml:2\n',
    );
  });
});

describe('as Markdown', () => {
  it('the agenda is a list to tick off', async () => {
    const text = await shown(company(), 'agenda', '--format', 'markdown');
    expect(text).toContain(
      '### Unpaid (1)\n\n- [ ] **Core**: past due since 2026-11-15 (card refused): is suspended on 2026-11-25 by itself (team@1)\n  - Next: collect; once it is paid, end the status with `until` `customers/core.yaml:3`\n',
    );
  });

  it('exceptions and renewals are tables', async () => {
    expect(await shown(company(), 'exceptions', 'bolt', '--format', 'markdown')).toContain(
      '| EX-3 | bolt | sets { seats: 50 } | in force | 2026-12-10 | config | 0 |  | 100\\.00 USD a year | team-a |\n',
    );
    expect(await shown(company(), 'renewals', 'dune', '--format', 'markdown')).toBe(
      `## 1 ending or renewal from 2026-11-20 to 2027-02-18

### Everything else

| last day | customer | what | then | where |
| --- | --- | --- | --- | --- |
| 2026-12-01 | Dune | the pilot of pilot@1 ends | falls back to free@1 | customers/dune.yaml:3 |
`,
    );
  });
});

describe('every view', () => {
  it.each([
    [['exceptions'], 'No exceptions, as of 2026-11-20\n'],
    [['exceptions', '--since', '90d'], 'No exceptions asked for since 2026-08-22, as of 2026-11-20\n'],
    [['renewals'], 'Nothing ends or renews from 2026-11-20 to 2027-02-18.\n'],
    [['agenda'], 'Review of 2026-11-20: asked since 2026-11-13, ending by 2026-12-20\n\nNothing to talk about.\n'],
  ])('%j of an empty company says that there is nothing', async (argv, text) => {
    expect(await shown(emptyCompany(), ...argv)).toBe(text);
  });

  it.each([
    ['exceptions', '2020-01-01'],
    ['exceptions', '2060-01-01'],
    ['renewals', '2020-01-01'],
    ['renewals', '2060-01-01'],
    ['agenda', '2020-01-01'],
    ['agenda', '2060-01-01'],
  ])('%s has an answer for %s', async (command, at) => {
    expect(await shown(sampleCompany(), command, '--at', at)).toContain(at);
  });

  it.each([['exceptions'], ['renewals'], ['agenda']])('%s prints nothing a terminal would obey', async (command) => {
    const evil = 'A\\e[31m\\u202Ecme';
    const files = {
      'customers/acme.yaml': `name: "${evil}"\nplan: free@1\ntrials: [{ kind: trial, plan: pilot@1, starts: 2026-11-01, ends: 2026-12-05 }]\nexceptions:\n${record({ id: 'EX-1', need: `"${evil}"`, owner: `"${evil}"`, usedBy: evil, askedOn: '2026-11-19', says: 'decision: no, area: access' })}`,
    };
    const { stdout, stderr } = await run(company(files), command);
    expect(stdout + stderr).not.toMatch(/[\u001b\u202e]/);
  });

  it.each([
    [['renewals', '--within', 'soon'], '--within is a number of days or weeks like 90d or 12w, not "soon"'],
    [['exceptions', '--since', 'soon'], '--since is a number of days like 90d, or a day like 2026-06-03, not "soon"'],
    [['exceptions', 'acme', '--customer', 'bolt'], 'the customer is named twice'],
    [['exceptions', 'akme'], 'did you mean acme?'],
    [['exceptions', '--area', 'sales'], '--area is one of'],
  ])('%j makes no sense: %s', async (argv, message) => {
    expect(await refused(company(), 2, ...argv)).toContain(message);
  });

  it.each([['exceptions'], ['renewals'], ['agenda']])(
    '%s of a customer whose file is wrong says so',
    async (command) => {
      const { exitCode, diagnostics } = await json(
        company({ 'customers/flaw.yaml': 'name: Flaw\nplan: gone@1\n' }),
        command,
      );
      expect([exitCode, (diagnostics as { rule: string }[]).map(({ rule }) => rule)]).toEqual([1, ['unknown-plan']]);
    },
  );
});
