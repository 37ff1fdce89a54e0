import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorsOf, json, read, refused, sampleCompany } from './sample-company.ts';

describe('new plan', () => {
  it('copies a plan with its comments as its next version, and ends the sale of the old one', async () => {
    const folder = sampleCompany();
    const before = read(folder, 'plans/studio@2.yaml');
    const argv = ['new', 'plan', 'studio', '--from', 'studio@2', '--price', '59.00 USD month', '--setting', 'seats=6'];
    expect(await json(folder, ...argv, '--setting', 'sso=true', '--unit', 'seats=11.00', '--grandfather')).toEqual({
      exitCode: 0,
      written: ['plans/studio@3.yaml', 'plans/studio@2.yaml'],
      id: 'studio@3',
      diagnostics: [],
    });
    expect(read(folder, 'plans/studio@3.yaml')).toBe(
      before
        .replace('seats: 5\n', 'seats: 6\n')
        .replace('customDomain: true\n', 'customDomain: true\n  sso: true\n')
        .replace('amount: "49.00"', 'amount: "59.00"')
        .replace('amount: "9.00"', 'amount: "11.00"'),
    );
    expect(read(folder, 'plans/studio@2.yaml')).toBe(before.replace('sold: true', 'sold: false'));
    expect(await errorsOf(folder)).toEqual([]);
  });

  it('copies not what the old version becomes, which may be the new one', async () => {
    const folder = sampleCompany();
    const before = read(folder, 'plans/studio@2.yaml');
    const moving = before.replace(
      'rank: 20\n',
      'rank: 20\nbecomes: { plan: studio@3, on: 2027-02-01 } # all of them\n',
    );
    writeFileSync(join(folder, 'plans/studio@2.yaml'), moving);
    expect(await json(folder, 'new', 'plan', 'studio', '--from', 'studio@2')).toMatchObject({ exitCode: 0 });
    expect(read(folder, 'plans/studio@3.yaml')).toBe(before);
    expect(read(folder, 'plans/studio@2.yaml')).toBe(moving);
    expect(await errorsOf(folder)).toEqual([]);
  });

  it('sells the copy of a plan that is no longer sold', async () => {
    const folder = sampleCompany();
    expect(
      await json(folder, 'new', 'plan', 'studio@7', '--from', 'studio@1', '--name', 'Studio: again', '--rank', '21'),
    ).toMatchObject({ exitCode: 0 });
    const text = read(folder, 'plans/studio@7.yaml');
    expect(text).toContain('# The Studio plan of 2024.');
    expect(text).toContain('name: "Studio: again"\nrank: 21\nsold: true\n');
  });

  it.each([
    ['free', ['--free'], 'price: { free: true }'],
    [
      'sold by the unit',
      ['--price', '99.00 USD year', '--unit', 'seats=9.00'],
      'price: { currency: USD, per: year, amount: "99.00", units: { seats: { amount: "9.00" } } }',
    ],
    ['priced deal by deal', ['--contact-sales'], 'price: { contactSales: true }'],
    ['priced in words', ['--formula', '1% of volume, at most $99'], 'price: { formula: "1% of volume, at most $99" }'],
  ])('writes one that is %s', async (_, argv, price) => {
    const folder = sampleCompany();
    expect(
      await json(folder, 'new', 'plan', 'team', '--name', 'Team', '--rank', '25', '--setting', 'seats=10', ...argv),
    ).toMatchObject({ exitCode: 0, id: 'team@1' });
    expect(read(folder, 'plans/team@1.yaml')).toBe(
      `# yaml-language-server: $schema=../schemas/generated/plan.schema.json\nname: Team\nrank: 25\nsold: true\nsettings: { seats: 10 }\n${price}\n`,
    );
    expect(await errorsOf(folder)).toEqual([]);
  });

  it.each([
    ['one there is', ['studio@2', '--from', 'studio@1'], 'there is a plan studio@2 already'],
    ['no plan', ['Team@1', '--free'], '"Team@1" is no plan with its version'],
    ['one without a price', ['team', '--name', 'T', '--rank', '1'], 'a plan needs a price'],
    [
      'one with two prices',
      ['team', '--name', 'T', '--rank', '1', '--free', '--price', '1.00 USD month'],
      'a plan has one price',
    ],
    ['one without a name', ['team', '--free'], 'a plan needs --name and --rank'],
    [
      'a price that does not say how often',
      ['team', '--name', 'T', '--rank', '1', '--price', '1.00 USD'],
      '--price says how often',
    ],
    ['a copy of what is not there', ['team', '--from', 'studio@9'], 'there is no plan studio@9'],
    [
      'a copy that costs what the plan did not',
      ['starter', '--from', 'starter@1', '--price', '5.00 USD month'],
      'has no amount',
    ],
    ['a copy that is free', ['studio', '--from', 'studio@2', '--free'], 'a copy keeps the form of its price'],
    [
      'an end of sale of nothing',
      ['team', '--name', 'T', '--rank', '1', '--free', '--grandfather'],
      '--grandfather needs --from',
    ],
  ])('refuses %s', async (_, argv, message) => {
    expect(await refused(sampleCompany(), 2, 'new', 'plan', ...argv)).toContain(message);
  });

  it('refuses what would not be valid', async () => {
    const argv = ['new', 'plan', 'team', '--name', 'T', '--rank', '1', '--free', '--unit', 'seats=5.00'];
    expect(await refused(sampleCompany(), 1, ...argv)).toContain('plans/team@1.yaml:6:');
  });
});
