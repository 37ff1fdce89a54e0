import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProviso } from '../run-proviso.ts';
import { commitAll, git, temporaryFolder, temporaryRepository, writeFiles } from '../temporary-repository.ts';
import { tinyCompany } from './tiny-company.ts';

const PLAN = 'plans/studio@1.yaml';
const fewerSeats = { [PLAN]: tinyCompany[PLAN].replace('seats: 5', 'seats: 4') };
const ownSeats = { 'customers/acme.yaml': 'name: Acme\nplan: studio@1\nbilling: { paymentTerms: net30 }\n' };

const takesSeats = `Terms change for 1 customer.

What was edited
  plans/studio@1.yaml settings.seats
    seats 5 → 4: 1 customer
    takes from 1: acme

What changes
  acme (Acme)
    takes    seats 5 → 4, at once (plan studio@1, plans/studio@1.yaml:3)

Checksum of what changes: 4105a22ffb0b9671
`;

const diff = (folder: string, ...argv: string[]) => runProviso(['diff', ...argv], { folder });

async function diffJson(folder: string, ...argv: string[]) {
  const { exitCode, stdout } = await diff(folder, '--format', 'json', ...argv);
  return { exitCode, ...JSON.parse(stdout) };
}

describe('what is compared', () => {
  it('edits that are not committed, with HEAD', async () => {
    const { root } = temporaryRepository(tinyCompany);
    writeFiles(root, fewerSeats);
    expect(await diff(root)).toEqual({
      exitCode: 0,
      stdout: `HEAD → working tree, as of 2026-06-01; the folder holds edits that are not committed\n\n${takesSeats}`,
      stderr: '',
    });
  });

  it('the last commit, where everything is committed', async () => {
    const { root } = temporaryRepository(tinyCompany);
    writeFiles(root, fewerSeats);
    commitAll(root);
    expect((await diff(root)).stdout).toBe(
      `HEAD~1 → working tree, as of 2026-06-01; everything is committed, so the last commit is shown\n\n${takesSeats}`,
    );
  });

  it('the first commit, with nothing', async () => {
    const { root } = temporaryRepository(tinyCompany);
    const { exitCode, stdout } = await diff(root);
    expect(exitCode).toBe(0);
    expect(stdout).toBe(`nothing → working tree, as of 2026-06-01; it is the first commit

Terms change for 1 customer (1 new).

What was edited
  customers/acme.yaml
    new customer: 1 customer

Also edited, with no effect on any customer
  plans/studio@1.yaml: new plan

What changes
  acme (Acme), new
    changes  plan studio@1, at once (the account, customers/acme.yaml:2)
    changes  stage active, at once (the account, customers/acme.yaml:2)

Checksum of what changes: 0652ce4db1a1f70f
`);
  });

  it('two refs, whatever the folder holds, on the day that is asked for', async () => {
    const { root, commit } = temporaryRepository(tinyCompany);
    writeFiles(root, { ...fewerSeats, ...ownSeats });
    const head = commitAll(root);
    writeFiles(root, { [PLAN]: 'not: [a plan' });
    const plan = { kind: 'plan', id: 'studio@1', path: PLAN, line: 3 };
    expect(await diffJson(root, '--base', commit, '--head', 'main', '--at', '2026-03-04')).toEqual({
      exitCode: 0,
      at: '2026-03-04',
      base: commit,
      head: 'main',
      baseCommit: commit,
      headCommit: head,
      checksum: '1954a9f5af4bef95094adb1690de1c8437f1e0cc3b80a40156f8c630e33a85fd',
      customers: [
        {
          customer: 'acme',
          name: 'Acme',
          kind: 'changed',
          changes: [
            {
              path: 'settings.seats',
              from: 5,
              to: 4,
              effective: null,
              direction: 'takes',
              origin: { before: plan, after: plan },
              causes: ['plans/studio@1.yaml settings.seats'],
            },
            {
              path: 'terms.billing.paymentTerms',
              from: null,
              to: 'net30',
              effective: null,
              direction: 'gives',
              origin: { before: null, after: { kind: 'account', id: 'account', path: 'customers/acme.yaml', line: 3 } },
              causes: ['customers/acme.yaml'],
            },
          ],
        },
      ],
      causes: [
        {
          path: 'plans/studio@1.yaml settings.seats',
          change: 'seats 5 → 4',
          customers: ['acme'],
          shielded: [],
          gives: 0,
          takes: 1,
        },
        {
          path: 'customers/acme.yaml',
          change: 'billing.paymentTerms none → net30',
          customers: ['acme'],
          shielded: [],
          gives: 1,
          takes: 0,
        },
      ],
      diagnostics: [],
    });
  });

  it('a setting that is new in the catalogue', async () => {
    const { root } = temporaryRepository(tinyCompany);
    const catalogue = JSON.parse(tinyCompany['schemas/generated/catalogue.json']);
    catalogue.settings.guests = {
      kind: 'limit',
      unit: 'guest',
      area: 'access',
      description: 'G.',
      default: 2,
      favours: 'more',
    };
    writeFiles(root, { 'schemas/generated/catalogue.json': JSON.stringify(catalogue) });
    const { causes, customers } = await diffJson(root);
    expect(causes).toEqual([
      {
        path: 'schemas/settings.ts guests',
        change: 'new setting guests, 2 by default',
        customers: ['acme'],
        shielded: [],
        gives: 0,
        takes: 0,
      },
    ]);
    expect(customers[0].changes.map(({ path, from, to }: Record<string, unknown>) => [path, from, to])).toEqual([
      ['settings.guests', null, 2],
    ]);
  });
});

it('says so where nothing changes', async () => {
  const { root } = temporaryRepository(tinyCompany);
  writeFiles(root, { 'customers/acme.yaml': '# no news\nplan: studio@1\nname: "Acme"\n', 'README.md': 'Words\n' });
  expect(await diff(root)).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/\n\nNothing changes for anybody\.\n$/),
  });
});

describe('what is wrong', () => {
  it('in plans or policies of the head: only that is told', async () => {
    const { root } = temporaryRepository(tinyCompany);
    writeFiles(root, { [PLAN]: 'name: [Studio\n' });
    const { exitCode, stdout, stderr } = await diff(root);
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toContain(PLAN);
  });

  it('in a customer of the head: it is told, and the others are compared', async () => {
    const { root } = temporaryRepository({ ...tinyCompany, 'customers/other.yaml': 'name: Other\nplan: studio@1\n' });
    writeFiles(root, { ...fewerSeats, 'customers/other.yaml': 'name: Other\nplan: studoi@1\n' });
    const { exitCode, customers, diagnostics } = await diffJson(root);
    expect(exitCode).toBe(1);
    expect(customers.map(({ customer }: { customer: string }) => customer)).toEqual(['acme']);
    expect(diagnostics.map(({ rule, severity, path }: Record<string, unknown>) => [rule, severity, path])).toEqual([
      ['unknown-plan', 'error', 'customers/other.yaml'],
      ['not-compared', 'note', 'customers/other.yaml'],
    ]);
  });

  it('in a customer’s file that cannot be read: it is not taken for gone', async () => {
    const { root } = temporaryRepository(tinyCompany);
    writeFiles(root, { 'customers/acme.yaml': 'name: [Acme\n' });
    const { exitCode, customers, diagnostics } = await diffJson(root);
    expect([exitCode, customers]).toEqual([1, []]);
    const rules = diagnostics.map(({ rule }: { rule: string }) => rule);
    expect(rules).toContain('not-compared');
    expect(rules).not.toContain('customer-vanished');
    expect((await diff(root)).stdout).toMatch(/\n\nNothing changes for anybody who could be compared\.\n$/);
  });

  it('in the file of a new customer: nobody says that nothing changes', async () => {
    const { root } = temporaryRepository(tinyCompany);
    writeFiles(root, { 'customers/new/fresh.yaml': 'name: [Fresh\n' });
    const { diagnostics } = await diffJson(root);
    expect(diagnostics).toMatchObject([
      { path: 'customers/new/fresh.yaml' },
      {
        rule: 'not-compared',
        path: 'customers/new/fresh.yaml',
        message: expect.stringMatching(/^1 customer could not be compared.*: fresh$/),
      },
    ]);
    expect((await diff(root)).stdout).toMatch(/\n\nNothing changes for anybody who could be compared\.\n$/);
  });

  it('a customer’s file that is gone', async () => {
    const { root } = temporaryRepository(tinyCompany);
    rmSync(join(root, 'customers/acme.yaml'));
    const { exitCode, customers, diagnostics } = await diffJson(root);
    expect([exitCode, customers[0].kind, customers[0].vanished]).toEqual([1, 'closed', true]);
    expect(diagnostics).toMatchObject([{ rule: 'customer-vanished', severity: 'error', path: 'customers/acme.yaml' }]);
  });

  it('in the base: it is compared as far as it can be, and that is said', async () => {
    const { root } = temporaryRepository({ ...tinyCompany, 'customers/bad.yaml': 'name: Bad\nplan: studoi@1\n' });
    writeFiles(root, { ...fewerSeats, 'customers/bad.yaml': 'name: Bad\nplan: studio@1\n' });
    const { exitCode, customers, diagnostics } = await diffJson(root);
    expect(exitCode).toBe(0);
    expect(customers.map(({ customer }: { customer: string }) => customer)).toEqual(['acme']);
    expect(diagnostics.map(({ rule, severity }: Record<string, unknown>) => [rule, severity])).toEqual([
      ['not-compared', 'note'],
      ['base-not-valid', 'note'],
    ]);
  });

  it('a base without a catalogue: nobody is taken for new', async () => {
    const { 'schemas/generated/catalogue.json': catalogue, ...rest } = tinyCompany;
    const { root } = temporaryRepository(rest);
    writeFiles(root, { 'schemas/generated/catalogue.json': catalogue });
    const { exitCode, customers, causes, diagnostics } = await diffJson(root);
    expect([exitCode, customers, causes]).toEqual([0, [], []]);
    expect(diagnostics.map(({ rule }: { rule: string }) => rule).sort()).toEqual(['base-not-valid', 'not-compared']);
  });

  it('a ref that is not there', async () => {
    const { root } = temporaryRepository(tinyCompany);
    const { exitCode, stdout, stderr } = await diff(root, '--base', 'mian');
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain('there is no commit, branch or tag "mian"');
  });

  it('a clone that does not hold the commit before: it is not taken for the first', async () => {
    const { root } = temporaryRepository(tinyCompany);
    writeFiles(root, fewerSeats);
    commitAll(root);
    const clone = join(temporaryFolder(), 'clone');
    git(root, 'clone', '--quiet', '--depth', '1', `file://${root}`, clone);
    const { exitCode, stderr } = await diff(clone);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('shallow');
  });
});
