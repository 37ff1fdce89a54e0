import { describe, expect, it } from 'vitest';
import { publishedSample } from './company-in-git.ts';
import { json, run } from './sample-company.ts';

const sample = publishedSample();
const get = (...words: string[]) => run(sample.root, 'get', ...words);
const answer = (...words: string[]) => json(sample.root, 'get', ...words);

/** The value of one setting, as a product would ask for it. */
async function valueOf(...words: string[]): Promise<unknown> {
  const { exitCode, value, drift } = await answer(...words);
  expect(exitCode).toBe(0);
  return drift ? [value, drift] : value;
}

describe('a customer who has a file', () => {
  it('is found by its id and by its account, and says its release', async () => {
    const byId = await answer('harbor-mutual');
    expect(await answer('acc_18007')).toEqual(byId);
    expect(await answer('--account', 'acc_18007')).toEqual(byId);
    const { settings, ...rest } = byId;
    expect(rest).toEqual({
      exitCode: 0,
      customer: 'harbor-mutual',
      release: 1,
      at: '2026-11-20T10:00:00.000Z',
      plan: 'enterprise@1',
      stage: 'active',
      diagnostics: [],
    });
    expect(settings).toMatchObject({ seats: 125, sso: true, projects: 'unlimited', dataRegion: 'us' });
  });

  it('answers one setting, in words and as data', async () => {
    expect(await get('harbor-mutual', 'seats')).toEqual({ exitCode: 0, stdout: '125\n', stderr: '' });
    expect(await get('harbor-mutual', 'sso')).toMatchObject({ stdout: 'yes\n' });
    expect(await get('harbor-mutual', 'exportFormats')).toMatchObject({ stdout: 'csv, xlsx, json, parquet\n' });
    const { settings } = await answer('harbor-mutual');
    expect(await answer('harbor-mutual', 'seats')).toMatchObject({ settings: settings as object, value: 125 });
    expect(await answer('harbor-mutual', 'projects')).toMatchObject({ value: 'unlimited' });
  });

  it('is answered for any day, without a publish', async () => {
    const seats = async (at: string) => [at, await valueOf('harbor-mutual', 'seats', '--at', at)];
    for (const known of [
      ['1999-12-31', 3],
      ['2025-12-31', 3],
      ['2026-01-01', 100],
      ['2026-02-14T23:59:59.999Z', 100],
      ['2026-02-15', 120],
      ['2026-02-15T00:59:59+01:00', 100],
      ['2026-02-15T01:00:00+01:00', 120],
      ['2099-01-01', 125],
    ])
      expect(await seats(String(known[0]))).toEqual(known);
  });
});

describe('an account without a file', () => {
  it('has its plan and what it bought', async () => {
    const { settings, ...rest } = await answer('--account', 'u_1', '--plan', 'studio@2', '--quantities', 'seats=7');
    expect(rest).toEqual({
      exitCode: 0,
      customer: 'u_1',
      release: 1,
      at: '2026-11-20T10:00:00.000Z',
      plan: 'studio@2',
      stage: 'active',
      diagnostics: [],
    });
    expect(settings).toMatchObject({ seats: 7, apiCalls: 50000, sso: false });
    expect(await get('--account', 'u_1', '--plan', 'studio@2', 'seats')).toMatchObject({ stdout: '5\n' });
    expect((await get('--account', 'u_1', '--plan', 'studio@2')).stdout).toMatch(
      /^u_1: studio@2, active, release 1\nsetting +value\n/,
    );
  });

  it('is answered like a customer whose file says the same', async () => {
    const { settings: ofFile } = await answer('pixel-and-co', '--at', '2026-03-01');
    const { settings } = await answer('--account', 'u_1', '--plan', 'studio@2', '--quantities', 'seats=7');
    expect(settings).toEqual(ofFile);
  });

  it.each([
    ['starter@1', 'seats', 3],
    ['studio@1', 'seats', 5],
    ['dedicated@1', 'seats', 'unlimited'],
    ['partner@1', 'guests', 500],
    ['pilot@1', 'seats', 3],
  ])('on %s has %s %s', async (plan, setting, value) => {
    expect(await valueOf('--account', 'u_1', '--plan', plan, setting)).toBe(value);
  });

  it.each([
    ['studio@2', 'seats=5', 5],
    ['studio@2', 'seats=50', 50],
    ['studio@1', 'seats=51', 51],
    ['enterprise@1', 'seats=10', 10],
    ['pilot@1', 'seats=60', 60],
  ])('on %s may buy %s', async (plan, bought, value) => {
    expect(await valueOf('--account', 'u_1', '--plan', plan, '--quantities', bought, 'seats')).toBe(value);
  });

  it.each([
    ['studio@2', 'seats=4', 'seats: 4 cannot be bought: studio@2 already includes 5 seats'],
    ['studio@2', 'seats=51', 'seats: 51 cannot be bought: studio@2 sells at most 50 seats'],
    ['studio@2', 'seats=7.5', 'seats: 7.5 cannot be bought: '],
    ['studio@2', 'projects=4', 'projects: 4 cannot be bought: studio@2 does not sell projects by the unit'],
    ['studio@2', 'sets=7', 'sets: 7 cannot be bought: studio@2 does not sell sets by the unit'],
    ['enterprise@1', 'seats=9', 'seats: 9 cannot be bought: enterprise@1 sells at least 10 seats'],
    ['starter@1', 'seats=3', 'seats: 3 cannot be bought: starter@1 does not sell seats by the unit'],
    ['dedicated@1', 'seats=9', 'seats: 9 cannot be bought: dedicated@1 does not sell seats by the unit'],
    ['studio@2', 'seats=lots', '"seats=lots" is not a quantity'],
    ['studio@2', 'seats', '"seats" is not a quantity'],
    ['studio@2', 'seats=-7', '"seats=-7" is not a quantity'],
    ['studio@2', 'seats=1e3', '"seats=1e3" is not a quantity'],
    ['studio@9', 'seats=7', 'release 1 has no plan studio@9 (it has dedicated@1, enterprise@1,'],
    ['studio', 'seats=7', 'release 1 has no plan studio (it has dedicated@1, enterprise@1,'],
    ['toString', 'seats=7', 'release 1 has no plan toString ('],
  ])('on %s may not buy %s', async (plan, bought, message) => {
    const { exitCode, stdout, stderr } = await get('--account', 'u_1', '--plan', plan, '--quantities', bought);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`proviso: ${message}`);
    expect(stderr).toContain('\n  help: ');
  });

  it('may be called anything', async () => {
    for (const account of ['__proto__', 'constructor', 'a/b', 'u 1', '1'])
      expect(await valueOf('--account', account, '--plan', 'studio@2', 'seats')).toBe(5);
  });
});

describe('an account that has a file after all', () => {
  it('has the plan of its file; another one named by the caller is reported', async () => {
    const named = await get('--account', 'acc_18007', '--plan', 'studio@2', 'seats');
    expect(named).toEqual({
      exitCode: 0,
      stdout: '125\n',
      stderr: 'harbor-mutual has a file with plan enterprise@1; the plan named here, studio@2, does not count.\n',
    });
    const drift = { plan: 'studio@2' };
    expect(await valueOf('--account', 'acc_18007', '--plan', 'studio@2', 'seats')).toEqual([125, drift]);
    expect(await valueOf('--account', 'acc_18007', '--plan', 'enterprise@1', 'seats')).toBe(125);
    expect(await answer('--account', 'acc_18007', '--plan', 'studio@2')).toMatchObject({ drift });
  });

  it('keeps the quantities of its file, and takes the caller’s where the file says none', async () => {
    const bought = ['--quantities', 'seats=9', 'seats'];
    expect(await valueOf('--account', 'pixel-and-co', ...bought)).toBe(7);
    expect(await valueOf('--account', 'pixel-and-co', '--at', '2026-02-14', ...bought)).toBe(9);
    expect(await valueOf('--account', 'harbor-mutual', ...bought)).toBe(125);
    const { exitCode, stderr } = await get(
      '--account',
      'pixel-and-co',
      '--at',
      '2026-02-14',
      '--quantities',
      'seats=4',
    );
    expect(exitCode).toBe(2);
    expect(stderr).toContain('seats: 4 cannot be bought: studio@2 already includes 5 seats');
  });
});

it.each([
  [[], 'say which customer', '`proviso get <customer>`, or `--account <id> --plan <plan>`'],
  [
    ['nobody'],
    'release 1 has no customer nobody',
    'an account without a file is read with `--account <id> --plan <plan>`',
  ],
  [['constructor'], 'release 1 has no customer constructor', 'an account without a file'],
  [['pixel-and-co', 'sets'], 'release 1 has no setting sets', 'it has aiCredits, allowedEmailDomains, '],
  [['pixel-and-co', 'toString'], 'release 1 has no setting toString', 'it has '],
  [['pixel-and-co', 'seats', 'sso'], '"sso" is one argument too many', 'see --help'],
  [['--account', 'u_1'], 'u_1 has no file; say its plan', 'add `--plan <plan>`, such as `--plan studio@2`'],
  [
    ['--account', 'u_1', '--plan', 'studio@2', 'seats', 'sso'],
    '"sso" is one argument too many',
    'with --account the only word is a setting',
  ],
  [
    ['pixel-and-co', '--quantities', 'seats=9'],
    '--plan and --quantities are what the product knows of an account',
    'name it with --account: `proviso get --account pixel-and-co` and the rest',
  ],
  [['pixel-and-co', '--plan', 'studio@2'], '--plan and --quantities are what', 'name it with --account'],
  [['pixel-and-co', '--env', 'production'], 'nothing is published for production/stable yet', 'publish first'],
])('a question that cannot be answered: %j', async (words, message, help) => {
  const { exitCode, stdout, stderr } = await get(...words);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain(`proviso: ${message}`);
  expect(stderr).toContain(`\n  help: ${help}`);
  const { error, diagnostics } = await answer(...words);
  expect([error, diagnostics]).toEqual([
    { kind: 'usage', message: expect.stringContaining(message), help: expect.stringContaining(help) },
    [],
  ]);
});
