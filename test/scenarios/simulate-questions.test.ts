import { describe, expect, it } from 'vitest';
import { tinyRepository } from './company-in-git.ts';
import { json, refused, run, sampleCompany } from './sample-company.ts';

const plans = {
  'plans/free@1.yaml': 'name: Free\nrank: 10\nprice: { free: true }\n',
  'plans/team@1.yaml':
    'name: Team\nrank: 30\nsettings: { seats: 0, sso: true }\nprice: { currency: USD, per: month, amount: "0.00", units: { seats: { amount: "8.00", min: 10, max: 20 } } }\nstandardTerms: { support: { channel: chat } }\n',
  'policies/lifecycle.yaml': 'stages: { pastDue: { card: 10 }, suspended: { days: 30 }, lapsed: { plan: free@1 } }\n',
};

describe('what simulate tells people', () => {
  it('says what is supposed, what changes and what stays', async () => {
    const { root } = tinyRepository(plans);
    expect(await run(root, 'simulate', 'acme', '--event', 'upgrade')).toEqual({
      exitCode: 0,
      stderr: '',
      stdout: `Acme (acme) on 2026-11-20: an upgrade, studio@1, active → team@1, active

Supposed
  amendment of the account: { on: 2026-11-20, plan: team@1, quantities: { seats: 10 } }

Settings
  what   before  after  from
  seats  5       10     bought account
  sso    no      yes    plan team@1

Terms
  what             before  after
  support.channel  none    chat
`,
    });
  });

  it('buys as many as now within what the new plan sells, or what is named', async () => {
    const bought =
      'name: Studio\nrank: 20\nsettings: { seats: 5 }\nprice: { currency: USD, per: month, amount: "1.00", units: { seats: { amount: "1.00" } } }\n';
    const { root } = tinyRepository({
      ...plans,
      'plans/studio@1.yaml': bought,
      'customers/acme.yaml': 'name: Acme\nplan: studio@1\nquantities: { seats: 12 }\n',
      'customers/many.yaml': 'name: Many\nplan: studio@1\nquantities: { seats: 700 }\n',
    });
    const seats = async (...argv: string[]) => {
      const { settings, exitCode } = await json(root, 'simulate', ...argv);
      return [exitCode, (settings as { seats: { before: number; after: number } }).seats.after];
    };
    expect(await seats('acme', '--plan', 'team@1')).toEqual([0, 12]);
    expect(await seats('many', '--plan', 'team@1')).toEqual([0, 20]);
    expect(await seats('acme', '--plan', 'team@1', '--quantity', 'seats=15')).toEqual([0, 15]);
    expect(await seats('acme', '--quantity', 'seats=30')).toEqual([0, 30]);
    expect(await seats('acme', '--plan', 'team@1', '--quantity', 'seats=25')).toEqual([1, 25]);
    expect(await seats('acme', '--plan', 'free@1')).toEqual([0, 3]);
  });

  it('a lapse ends the trial that is running, whether it was the stage or only added', async () => {
    const trial =
      'trials: [{ kind: trial, plan: team@1, starts: 2026-11-01, ends: 2026-12-31, quantities: { seats: 12 } }]\n';
    const contract = 'contracts: [{ id: C-1, plan: studio@1, starts: 2026-01-01 }]\n';
    const { root } = tinyRepository({
      ...plans,
      'policies/lifecycle.yaml': `${plans['policies/lifecycle.yaml'].replace('{ pastDue', '{ grace: { days: 5 }, pastDue')}`,
      'customers/acme.yaml': `name: Acme\nplan: free@1\n${trial}`,
      'customers/both.yaml': `name: Both\nplan: free@1\n${trial}${contract}`,
    });
    const seats = async (customer: string) => {
      const { event, settings } = await json(root, 'simulate', customer, '--event', 'lapse');
      const { before, after } = (settings as { seats: { before: number; after: number } }).seats;
      return [event, before, after];
    };
    expect(await seats('acme')).toEqual(['lapse', 12, 3]);
    expect(await seats('both')).toEqual(['lapse', 12, 3]);
  });

  it('says so where a trial that only added goes on and is all they have', async () => {
    const trial = 'trials: [{ kind: trial, plan: team@1, starts: 2026-11-01, ends: 2026-12-31 }]\n';
    const { root } = tinyRepository({
      ...plans,
      'customers/acme.yaml': `name: Acme\nplan: studio@1\n${trial}`,
      'customers/free.yaml': `name: Free\nplan: free@1\n${trial}`,
    });
    const top = async (...argv: string[]) => (await run(root, 'simulate', ...argv)).stdout.split('\n\n')[0];
    const says = 'the trial of team@1 goes on and now counts fully: they have team@1 until 2026-12-31';
    expect(await top('acme', '--plan', 'free@1')).toBe(
      `Acme (acme) on 2026-11-20: an upgrade, studio@1, active → team@1, trial\n  ${says}`,
    );
    for (const other of [
      ['acme', '--plan', 'team@1'],
      ['acme', '--plan', 'free@1', '--at', '2026-11-01'],
      ['acme', '--plan', 'free@1', '--at', '2027-01-01'],
      ['free', '--plan', 'free@1'],
      ['acme', '--stage', 'trial', '--plan', 'team@1'],
    ])
      expect(await top(...other), other.join(' ')).not.toContain('goes on');
  });

  it('shows what follows by itself', async () => {
    const { root } = tinyRepository(plans);
    const { stdout } = await run(root, 'simulate', 'acme', '--stage', 'pastDue', '--at', '2027-01-01');
    expect(stdout).toContain('studio@1, active → studio@1, pastDue\n');
    // Nobody said how they pay, so no number of days runs.
    expect(stdout).not.toContain('Then, by itself');
    const card = tinyRepository({
      ...plans,
      'customers/acme.yaml': 'name: Acme\nplan: studio@1\nbilling: { method: card }\n',
    });
    expect((await run(card.root, 'simulate', 'acme', '--stage', 'pastDue', '--at', '2027-01-01')).stdout).toContain(
      'Then, by itself\n  2027-01-11: studio@1, suspended\n  2027-02-10: free@1, lapsed\n',
    );
  });

  it('shows hostile text as what it is', async () => {
    const { root } = tinyRepository({
      ...plans,
      'customers/acme.yaml': 'name: "A\\u202Ecme\\e[31m"\nplan: studio@1\n',
    });
    const { stdout, stderr } = await run(root, 'simulate', 'acme', '--plan', 'team@1');
    expect(stdout + stderr).not.toMatch(/[\u001b\u202e]/);
  });

  it('gives only the days’ difference for a day in the past', async () => {
    const { stdout } = await run(
      sampleCompany(),
      'simulate',
      'granite-rail',
      '--plan',
      'enterprise@1',
      '--at',
      '2020-01-01',
    );
    expect(stdout).toContain('on 2020-01-01: an upgrade, starter@1, active → enterprise@1, active\n');
  });

  it('reports what is wrong with the file instead, where it cannot be compiled', async () => {
    const { root } = tinyRepository({ ...plans, 'customers/acme.yaml': 'name: Acme\nplan: gone@1\n' });
    expect(await json(root, 'simulate', 'acme', '--plan', 'team@1')).toEqual({
      exitCode: 1,
      diagnostics: [expect.objectContaining({ rule: 'unknown-plan' })],
    });
  });
});

describe('questions that make no sense', () => {
  it.each([
    [['acme'], 'say what is supposed to happen'],
    [[], 'say which customer'],
    [['nobody', '--event', 'lapse'], 'there is no customer nobody'],
    [['acme', '--plan', 'team'], 'there is no plan team'],
    [['acme', '--stage', 'gone'], '--stage is one of'],
    [['acme', '--stage', 'active', '--event', 'lapse'], '--stage and --event are two questions'],
    [['acme', '--stage', 'suspended', '--plan', 'team@1'], '--stage suspended takes no plan'],
    [['acme', '--stage', 'trial'], 'a trial is of a plan'],
    [['acme', '--stage', 'grace'], 'policies/lifecycle.yaml has no stage grace'],
    [['acme', '--event', 'lapse', '--plan', 'team@1'], 'a lapse buys nothing'],
    [['acme', '--event', 'downgrade', '--plan', 'team@1'], 'team@1 ranks above studio@1, so this is no downgrade'],
    [['acme', '--event', 'upgrade', '--plan', 'studio@1'], 'studio@1 has the rank of studio@1, so this is no upgrade'],
    [['acme', '--plan', 'team@1', '--since', '2026-01-01'], '--since is when pastDue or suspended began'],
    [['acme', '--stage', 'pastDue', '--since', '2027-01-01'], '--since 2027-01-01 is later than 2026-11-20'],
    [['acme', '--stage', 'pastDue', '--since', 'soon'], '--since is a day like 2026-06-03, not "soon"'],
    [['acme', '--plan', 'team@1', '--quantity', 'seats'], '"seats" is not a quantity'],
    [['acme', '--plan', 'team@1', '--usage', 'none.json'], 'the usage file none.json cannot be read'],
    [['acme', '--plan', 'team@1', '--usage', 'text.json'], 'text.json is not JSON'],
    [['acme', '--plan', 'team@1', '--usage', 'list.json'], 'list.json does not say how much is in use'],
    [['acme', '--plan', 'team@1', '--usage', 'word.json'], 'word.json does not say how much is in use at acme'],
    [['acme', '--plan', 'team@1', '--usage', 'sso.json'], 'sso is no limit, so nothing of it is in use'],
    [['acme', '--plan', 'team@1', '--usage', 'typo.json'], 'there is no setting seat; did you mean seats?'],
    [['acme', '--plan', 'team@1', '--usage', 'minus.json'], 'the use of seats is a number from 0'],
    [['--from', 'studio@1'], 'say where everybody on studio@1 moves to'],
    [
      ['--from', 'studio@1', '--plan', 'team@1', '--quantity', 'seats=3'],
      'everybody on a plan moves with what they have',
    ],
    [
      ['--from', 'studio@1', '--plan', 'team@1', '--usage', 'flat.json'],
      'name the customers: { "acme": { "seats": 5 } }',
    ],
    [['acme', '--from', 'studio@1', '--plan', 'team@1'], '--from moves everybody on a plan'],
    [['shut', '--event', 'lapse'], 'the account is closed since 2026-01-01, and stays so'],
    [['shut', '--stage', 'active'], 'the account is closed since 2026-01-01, and stays so'],
  ])('simulate %j: %s', async (argv, message) => {
    const { root } = tinyRepository({
      ...plans,
      'customers/shut.yaml': 'name: Shut\nplan: studio@1\nstatuses: [{ stage: closed, since: 2026-01-01 }]\n',
      'text.json': 'seats: 5',
      'list.json': '[5]',
      'flat.json': '{ "seats": 40 }',
      'word.json': '{ "acme": "five" }',
      'sso.json': '{ "sso": 1 }',
      'typo.json': '{ "seat": 1 }',
      'minus.json': '{ "acme": { "seats": -1 } }',
    });
    expect(await refused(root, 2, 'simulate', ...argv)).toContain(message);
  });

  it('two sold plans of one rank are not chosen between, and above the highest there is none', async () => {
    const { root } = tinyRepository({
      ...plans,
      'plans/other@1.yaml': 'name: Other\nrank: 30\nprice: { contactSales: true }\n',
    });
    expect(await refused(root, 2, 'simulate', 'acme', '--event', 'upgrade')).toMatch(
      /(other@1 and team@1|team@1 and other@1) have the same rank/,
    );
    expect(
      await refused(sampleCompany(), 2, 'simulate', 'granite-rail', '--event', 'downgrade', '--at', '2020-01-01'),
    ).toContain('no sold plan ranks below starter@1');
  });

  it('nobody lapses where the lifecycle has no such stage', async () => {
    const { root } = tinyRepository();
    expect(await refused(root, 2, 'simulate', 'acme', '--event', 'lapse')).toContain(
      'has no stage lapsed, so nobody lapses',
    );
  });
});
