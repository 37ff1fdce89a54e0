import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-repository.ts';
import { disk, errorsOf, json, read, refused, run, sampleCompany } from './sample-company.ts';

describe('new customer', () => {
  const words = ['new', 'customer', 'pixel-two', '--name', 'Pixel & Two', '--plan', 'studio@2', '--billing', 'card'];

  it('writes a file of at most six lines that is valid, and says what to do next', async () => {
    const folder = sampleCompany();
    const { exitCode, stdout, stderr } = await run(folder, ...words, '--quantity', 'seats=7');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toBe(
      'Wrote customer pixel-two to customers/studio/pixel-two.yaml.\n' +
        'See what it changes: proviso diff\n' +
        'Then commit it:      git add customers/studio/pixel-two.yaml && git commit -m "Customer pixel-two"\n',
    );
    expect(read(folder, 'customers/studio/pixel-two.yaml')).toBe(
      '# yaml-language-server: $schema=../../schemas/generated/customer.schema.json\n' +
        'name: Pixel & Two\nplan: studio@2\nquantities: { seats: 7 }\nbilling: { method: card }\n',
    );
    expect(await errorsOf(folder)).toEqual([]);
  });

  it('puts it where it is told, with account and owner', async () => {
    const folder = sampleCompany();
    const more = ['--folder', 'enterprise/north', '--account', 'acc_1', '--owner', 'team-cs'];
    expect(await json(folder, ...words, ...more)).toEqual({
      exitCode: 0,
      written: ['customers/enterprise/north/pixel-two.yaml'],
      id: 'pixel-two',
      diagnostics: [],
    });
    expect(read(folder, 'customers/enterprise/north/pixel-two.yaml')).toBe(
      '# yaml-language-server: $schema=../../../schemas/generated/customer.schema.json\n' +
        'name: Pixel & Two\naccount: acc_1\naccountOwner: team-cs\nplan: studio@2\nbilling: { method: card }\n',
    );
  });

  it.each([
    [
      'a customer there is',
      ['harbor-mutual', '--name', 'X', '--plan', 'studio@2'],
      'there is a customer harbor-mutual already',
    ],
    ['an id that is none', ['Harbor', '--name', 'X', '--plan', 'studio@2'], '"Harbor" is no customer id'],
    [
      'a plan there is not',
      ['x', '--name', 'X', '--plan', 'studoi@2'],
      'there is no plan studoi@2; did you mean studio@2?',
    ],
    ['a plan that is not sold', ['x', '--name', 'X', '--plan', 'studio@1'], 'studio@1 is no longer sold'],
    [
      'a folder outside',
      ['x', '--name', 'X', '--plan', 'studio@2', '--folder', '../plans'],
      'is no folder below customers/',
    ],
    [
      'a hidden folder',
      ['x', '--name', 'X', '--plan', 'studio@2', '--folder', '.git'],
      'is no folder below customers/',
    ],
    ['no name', ['x', '--plan', 'studio@2'], '--name <value> is needed'],
  ])('refuses %s', async (_, argv, message) => {
    expect(await refused(sampleCompany(), 2, 'new', 'customer', ...argv)).toContain(message);
  });

  it('refuses an account that another customer has, at its place in the file that would have been', async () => {
    const said = await refused(sampleCompany(), 1, ...words, '--account', 'acc_18007');
    expect(said).toContain('Nothing was written. It would bring 1 error:');
    expect(said).toContain('customers/studio/pixel-two.yaml:3:10');
  });

  it('refuses a quantity that the plan does not sell', async () => {
    expect(await refused(sampleCompany(), 1, ...words, '--quantity', 'guests=7')).toContain(
      'guests: 7 cannot be bought',
    );
  });

  it('does not write through a symbolic link', async () => {
    const folder = sampleCompany();
    symlinkSync(temporaryFolder(), join(folder, 'customers/elsewhere'));
    expect(await refused(folder, 2, ...words, '--folder', 'elsewhere')).toContain('is a symbolic link');
  });

  it('prints what it would write and writes nothing with --dry-run', async () => {
    const folder = sampleCompany();
    const before = disk(folder);
    const { exitCode, stdout } = await run(folder, ...words, '--dry-run');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('+++ b/customers/studio/pixel-two.yaml\n@@ -0,0 +1,4 @@\n');
    expect(stdout).toContain('+name: Pixel & Two\n');
    expect(await json(folder, ...words, '--dry-run')).toMatchObject({ written: [], id: 'pixel-two' });
    expect(disk(folder)).toEqual(before);
  });
});
