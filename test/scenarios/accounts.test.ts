import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openHashedExceptions } from '../../engine/scan/living/known-exceptions.ts';
import { openHashed } from '../../engine/scan/names/open-hashed.ts';
import { readAccounts } from '../../engine/scan/names/read-accounts.ts';
import { record } from '../fixtures/views-company.ts';
import { temporaryFolder, writeFiles } from '../temporary-repository.ts';
import { json, read, refused, run, sampleCompany } from './sample-company.ts';
import { tinyCompany } from './tiny-company.ts';

const northwind = `name: Northwind Traders
account: acc_19342
aliases: [NWT]
domains: [northwind.example]
externalIds: { stripe: cus_Nw9 }
plan: studio@1
`;

function company(files: Readonly<Record<string, string>> = {}): string {
  const folder = temporaryFolder();
  writeFiles(folder, { ...tinyCompany, 'customers/northwind.yaml': northwind, ...files });
  return folder;
}

describe('accounts', () => {
  it('says what the scanner looks for', async () => {
    const { exitCode, stdout, stderr } = await run(company(), 'accounts');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toBe(`2 accounts

id         name               also called  domains            ids elsewhere                         people
acme       Acme
northwind  Northwind Traders  NWT          northwind.example  account acc_19342 and stripe cus_Nw9
`);
  });

  it('as JSON, and as a file that can be read in place of the customers', async () => {
    const folder = company();
    const { accounts } = await json(folder, 'accounts');
    const written = await run(folder, 'accounts', '--out', 'lists/accounts.json');
    expect(written.stdout).toBe('2 accounts written to lists/accounts.json\n');
    expect(JSON.parse(read(folder, 'lists/accounts.json'))).toEqual(accounts);
    const elsewhere = temporaryFolder();
    writeFiles(elsewhere, { 'accounts.json': read(folder, 'lists/accounts.json') });
    expect((await json(elsewhere, 'accounts', '--accounts', 'accounts.json')).accounts).toEqual(accounts);
  });

  it('without names, and the same bytes as long as nobody changes', async () => {
    const folder = company({ 'policies/scan.yaml': 'sentinels: [house]\n' });
    expect((await run(folder, 'accounts', '--hashed', '--out', 'd.json')).stdout).toBe(
      '2 accounts written to d.json\n',
    );
    const first = read(folder, 'd.json');
    expect(first.toLowerCase()).not.toMatch(/northwind|nwt|cus_nw9|traders/);
    await run(folder, 'accounts', '--hashed', '--out', 'd.json');
    expect(read(folder, 'd.json')).toBe(first);
    const { hashed } = await readAccounts(first, 'd.json');
    expect(hashed?.policy.sentinels).toEqual(['house']);
    expect(hashed?.offers.map(({ id }) => id)).toEqual(['seats', 'sso']);
    expect(hashed && openHashed(hashed).lookUp('domain', 'northwind.example')).toEqual([
      { account: 'northwind', certainty: 'unique', naming: 'domain' },
    ]);
  });

  it('says of exceptions whose they are and when they end, to who knows their ids only', async () => {
    const exceptions = `exceptions:\n${record({ id: 'EX-31', says: 'decision: configuration, set: { sso: true }, starts: 2026-02-01, expires: 2027-03-31, onUpgrade: keep, onDowngrade: keep, onLapse: keep' })}${record({ id: 'EX-32', says: 'area: access, decision: feature' })}`;
    const folder = company({ 'customers/northwind.yaml': northwind + exceptions });
    await run(folder, 'accounts', '--hashed', '--out', 'd.json');
    const text = read(folder, 'd.json');
    const { hashed, diagnostics } = await readAccounts(text, 'd.json');
    const known = openHashedExceptions(hashed?.exceptions ?? {}, hashed?.salt ?? '');
    expect([text.includes('EX-3'), diagnostics]).toEqual([false, []]);
    expect(['2027-03-31', '2027-04-01'].map((day) => known.stateOf('EX-31', day))).toEqual(['open', 'closed']);
    expect([known.stateOf('EX-32', '2099-01-01'), known.stateOf('EX-33', '2026-06-01')]).toEqual(['open', 'unknown']);
    expect(['northwind', 'acme'].map((customer) => known.mayBeOf('EX-31', customer))).toEqual([true, false]);
  });

  it('a new customer changes a few lines of it', async () => {
    const folder = company();
    await run(folder, 'accounts', '--hashed', '--out', 'd.json');
    const before = new Set(read(folder, 'd.json').split('\n'));
    writeFiles(folder, { 'customers/hooli.yaml': 'name: Hooli Inc\nplan: studio@1\n' });
    await run(folder, 'accounts', '--hashed', '--out', 'd.json');
    const added = read(folder, 'd.json')
      .split('\n')
      .filter((line) => !before.has(line));
    // Three terms of three lines, and the marks; how a list ends is shared.
    expect(added.length).toBeLessThan(12);
  });

  it('on stdout too, with a new salt every time, and what it prints can be read', async () => {
    const folder = company();
    const [one, other] = [await run(folder, 'accounts', '--hashed'), await run(folder, 'accounts', '--hashed')];
    expect(one.stdout).not.toBe(other.stdout);
    expect((await readAccounts(one.stdout, 'd.json')).hashed?.version).toBe(1);
    const printed = await run(folder, 'accounts', '--hashed', '--format', 'json');
    expect((await readAccounts(printed.stdout, 'd.json')).hashed?.version).toBe(1);
  });

  it('tells where the open parts would name a customer', async () => {
    const folder = company({ 'policies/scan.yaml': 'exclude: [src/northwind/]\n' });
    const { exitCode, stderr } = await run(folder, 'accounts', '--hashed', '--out', 'd.json');
    expect(exitCode).toBe(0);
    expect(stderr).toContain(
      'policies/scan.yaml:1:11 warning `src/northwind/` names northwind, and goes into the dictionary as it is (name-in-the-open)',
    );
  });

  it('from a file needs no repository, and a list in a repository goes with its policy', async () => {
    const list = JSON.stringify([{ id: 'vandelay', name: 'Vandelay' }]);
    const alone = temporaryFolder();
    writeFiles(alone, { 'a.json': list });
    const bare = (await readAccounts((await run(alone, 'accounts', '--accounts', 'a.json', '--hashed')).stdout, 'd'))
      .hashed;
    expect([bare?.offers, bare?.policy.sentinels]).toEqual([[], []]);
    const folder = company({ 'a.json': list, 'policies/scan.yaml': 'sentinels: [house]\n' });
    const { hashed } = await readAccounts(
      (await run(folder, 'accounts', '--accounts', 'a.json', '--hashed')).stdout,
      'd',
    );
    expect(hashed?.policy.sentinels).toEqual(['house']);
    expect(hashed && openHashed(hashed).lookUp('words', 'vandelay')).toHaveLength(1);
    expect(hashed && openHashed(hashed).lookUp('words', 'northwind')).toEqual([]);
  });
});

describe('nothing is written', () => {
  it('where a customer cannot be read: nobody would notice who is missing', async () => {
    const folder = company({ 'customers/broken.yaml': 'name: [\n' });
    expect(await refused(folder, 1, 'accounts', '--hashed', '--out', 'd.json')).toContain('customers/broken.yaml:1');
    expect(existsSync(join(folder, 'd.json'))).toBe(false);
  });

  it('where the list is wrong, and it is said where', async () => {
    const folder = company({ 'a.json': '[{"id": "a",\n  "nam": "A"}]' });
    const said = await refused(folder, 1, 'accounts', '--accounts', 'a.json', '--out', 'b.json');
    expect(said).toContain('a.json:2:3 error unknown key `nam`; did you mean name? (unknown-key)');
    expect(said).toContain('> 2 |   "nam": "A"}]');
  });

  it.each([
    [
      'over a file that holds something else',
      ['--out', 'package.json'],
      'package.json is there already, and holds no accounts',
    ],
    ['over a folder', ['--out', 'customers'], 'is there and cannot be read'],
    ['from a file that is not there', ['--accounts', 'none.json'], 'the file of accounts none.json cannot be read'],
    ['from a dictionary without names', ['--accounts', 'd.json'], 'd.json is a dictionary without names'],
  ])('%s', async (_, argv, message) => {
    const folder = company({ 'package.json': '{}' });
    await run(folder, 'accounts', '--hashed', '--out', 'd.json');
    expect(await refused(folder, 2, 'accounts', ...argv)).toContain(message);
  });
});

it('the sample company has accounts, and its dictionary finds every one by its name', async () => {
  const folder = sampleCompany();
  const { accounts } = (await json(folder, 'accounts')) as { accounts: { id: string; domains: string[] }[] };
  await run(folder, 'accounts', '--hashed', '--out', 'd.json');
  const { hashed } = await readAccounts(readFileSync(join(folder, 'd.json'), 'utf8'), 'd.json');
  const dictionary = hashed && openHashed(hashed);
  expect(accounts.length).toBeGreaterThan(20);
  for (const { id } of accounts)
    expect(dictionary?.lookUp('words', id.replaceAll('-', '')).map((match) => match.account)).toContain(id);
});
