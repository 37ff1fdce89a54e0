import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plan } from '../fixtures/verify/published-files.ts';
import { companyOnGitHub, policies as onGitHub } from '../github/company-on-github.ts';
import { merge, propose, review } from '../github/fake/acts.ts';
import { findUser } from '../github/fake/host.ts';
import { runProviso } from '../run-proviso.ts';
import { commitAll, git, temporaryFolder, temporaryRepository, writeFiles } from '../temporary-repository.ts';
import { tinyCompany } from './tiny-company.ts';

const acme = 'customers/acme.yaml';
const [kim, ola, lee] = [1002, 1004, 1005];

interface Asked {
  id: string;
  does: string;
  usedBy?: string;
}

const exception = ({ id, does, usedBy = 'everybody' }: Asked): string => `
  - id: ${id}
    need: All of sales signs in in June.
    kind: workflow
    askedBy: lee@acme.example
    askedOn: 2026-05-02
    neededBy: 2026-06-02
    worth: { amount: "500.00", currency: USD, per: year }
    demand: []
    usedBy: ${usedBy}
    decision: configuration
    because: They double for the season and sign for two years.
    set: { ${does} }
    starts: 2026-06-01
    expires: 2026-12-31
    onUpgrade: drop
    onDowngrade: drop
    onLapse: drop
    owner: team-sales
    handledBy: support
    livesIn: config
    buildHours: 0
    hoursPerMonth: 0`;

const customer = (...asked: readonly Asked[]): string =>
  `name: Acme\nplan: studio@1\n${asked.length > 0 ? `exceptions:${asked.map(exception).join('')}\n` : ''}`;

const seats: Asked = { id: 'EX-0001', does: 'seats: 50' };
const sso: Asked = { id: 'EX-0002', does: 'sso: true' };

const policies = {
  'policies/approvals.yaml': `classes:
  product: { label: Product, needs: 1 }
  security: { needs: 1 }
  finance: { needs: 1 }
  machinery: { needs: 1, code: true }
lines:
  - { when: { setting: seats, above: 10 }, class: product, because: capacity }
  - { when: { setting: sso, is: true }, class: security, because: it is who may come in }
  - { when: { term: billing.paymentTerms }, class: finance, because: cash }
  - { when: { machinery: true }, class: machinery, because: it decides over everything }
`,
  'policies/approvers.yaml': `people:
  - { id: ${kim}, login: kim, emails: [kim@product.example], classes: [product, machinery] }
  - { id: ${ola}, login: ola, emails: [ola@product.example], classes: [security, finance] }
  - { id: ${lee}, login: lee, emails: [lee@product.example], classes: [product] }
`,
};

type Told = Record<string, unknown> & {
  exitCode: number;
  exceptions: { id: string; approvedBy?: object[] }[];
  settings: Record<string, { origin: { approvedBy?: object[] } }>;
  terms: { billing: Record<string, { origin: { approvedBy?: object[] } }> };
};

interface Company {
  root: string;
  run(...argv: string[]): Promise<Told>;
  commit(files: Readonly<Record<string, string>>): string;
  /** Publishes what is committed, once the people given have approved it, by class. */
  publish(approvers?: Readonly<Record<string, number>>): Promise<void>;
  /** Who approved each exception, as `explain` tells. */
  approved(...argv: string[]): Promise<Record<string, unknown>>;
}

/** A company that verifies approvals from a file, or not, with its first release in force. */
async function company(
  verify: 'file' | 'none' = 'file',
  first: Readonly<Record<string, string>> = {},
): Promise<Company> {
  const file = join(temporaryFolder(), 'approvals.json');
  writeFileSync(file, '[]');
  const { root } = temporaryRepository({
    '.gitignore': '.proviso/\n',
    ...tinyCompany,
    ...policies,
    'plans/studio@1.yaml': plan,
    [acme]: customer(),
    ...first,
    'policies/publish.yaml': `language: 1
environments:
  local: { verify: none }
  production: { store: "file:./.proviso/production", signed: false, verify: ${verify}${verify === 'file' ? `, approvals: ${file}` : ''} }
`,
  });
  const run = async (...argv: string[]): Promise<Told> => {
    const words = [...argv, '--format', 'json'];
    const { exitCode, stdout } = await runProviso(words, { folder: root });
    return { ...(JSON.parse(stdout) as Told), exitCode };
  };
  const written: object[] = [];
  const made: Company = {
    root,
    run,
    commit(files) {
      writeFiles(root, files);
      return commitAll(root);
    },
    async publish(approvers = {}) {
      const words = ['publish', '--env', 'production'];
      const result = await run(...words);
      if (result.outcome === 'refused') {
        for (const { subjects } of result.commits as { subjects: Record<string, string> }[])
          for (const [name, subject] of Object.entries(subjects))
            written.push({
              login: `was-${approvers[name]}`,
              id: approvers[name],
              class: name,
              subject,
              at: '2026-06-01T12:00:00Z',
              state: 'APPROVED',
            });
        writeFileSync(file, JSON.stringify(written));
        const again = await run(...words);
        expect(again, JSON.stringify(again)).toMatchObject({ exitCode: 0, outcome: 'published' });
      } else expect(result).toMatchObject({ exitCode: 0, outcome: 'published' });
    },
    async approved(...argv) {
      const { exceptions } = await run('explain', 'acme', '--env', 'production', ...argv);
      return Object.fromEntries(exceptions.map(({ id, approvedBy }) => [id, approvedBy]));
    },
  };
  await made.publish();
  return made;
}

describe('who approved, in an explanation', () => {
  it('is told of each exception and of the values it gives, whatever is released later', async () => {
    const { root, commit, publish, approved, run } = await company();
    const one = commit({ [acme]: customer(seats) });
    const two = commit({ [acme]: customer(sso, seats) });
    await publish({ product: kim, security: ola });
    const byKim = { id: kim, login: 'kim', class: 'product', commit: one };
    const byOla = { id: ola, login: 'ola', class: 'security', commit: two };
    expect(await approved()).toEqual({ 'EX-0001': [byKim], 'EX-0002': [byOla] });
    const { settings } = await run('explain', 'acme', '--env', 'production');
    expect(settings).toMatchObject({
      seats: { value: 50, origin: { kind: 'exception', approvedBy: [byKim] } },
      sso: { value: true, origin: { kind: 'exception', approvedBy: [byOla] } },
    });
    const words = ['explain', 'acme', '--env', 'production'];
    const [ones, twos] = [one.slice(0, 12), two.slice(0, 12)];
    const why = 'They double for the season and sign for two years.; owner team-sales';
    expect((await runProviso(words, { folder: root })).stdout).toBe(`Acme (acme) on 2026-06-01: studio@1, active

Settings
  what   value  from                                where                   why
  seats  50     exception EX-0001 until 2026-12-31  customers/acme.yaml:37  ${why}; approved by kim (product, ${ones})
  sso    yes    exception EX-0002 until 2026-12-31  customers/acme.yaml:15  ${why}; approved by ola (security, ${twos})

Exceptions
  id       state   decision       need                            owner       approved by                   where
  EX-0002  active  configuration  All of sales signs in in June.  team-sales  ola (security, ${twos})  customers/acme.yaml:4
  EX-0001  active  configuration  All of sales signs in in June.  team-sales  kim (product, ${ones})   customers/acme.yaml:26
`);

    commit({ 'customers/bolt.yaml': 'name: Bolt\nplan: studio@1\n' });
    await publish();
    expect(await approved()).toEqual({ 'EX-0001': [byKim], 'EX-0002': [byOla] });

    const three = commit({ [acme]: customer(sso, { ...seats, does: 'seats: 60' }) });
    await publish({ product: lee });
    const byLee = { id: lee, login: 'lee', class: 'product', commit: three };
    expect(await approved()).toEqual({ 'EX-0001': [byLee], 'EX-0002': [byOla] });
    expect(await approved('--ref', two)).toEqual({ 'EX-0001': [byKim], 'EX-0002': [byOla] });

    git(root, 'rm', '--quiet', '--cached', acme);
    rmSync(join(root, acme));
    commit({ 'customers/large/acme.yaml': customer(sso, { ...seats, does: 'seats: 60' }) });
    await publish();
    expect(await approved()).toEqual({ 'EX-0001': [byLee], 'EX-0002': [byOla] });

    commit({ 'customers/large/acme.yaml': customer(sso, { ...seats, does: 'seats: 60', usedBy: 'their sales team' }) });
    await publish();
    expect(await approved()).toEqual({ 'EX-0001': undefined, 'EX-0002': [byOla] });
  });

  it('is told of a contract and of its amendments apart', async () => {
    const contract = (amendments: string): string => `name: Acme
plan: studio@1
contracts:
  - id: C-1
    plan: studio@1
    signed: 2026-05-02
    starts: 2026-06-01
    quantities: { seats: 40 }
    billing: { paymentTerms: net60, interval: month }
${amendments}`;
    const { commit, publish, run } = await company();
    const one = commit({ [acme]: contract('') });
    await publish({ product: kim, finance: ola });
    const two = commit({ [acme]: contract('    amendments: [{ on: 2026-06-01, quantities: { seats: 45 } }]\n') });
    await publish({ product: lee });
    const { settings, terms } = await run('explain', 'acme', '--env', 'production');
    const first = [
      { id: ola, login: 'ola', class: 'finance', commit: one },
      { id: kim, login: 'kim', class: 'product', commit: one },
    ];
    expect([settings.seats?.origin.approvedBy, terms.billing.paymentTerms?.origin.approvedBy]).toEqual([
      [{ id: lee, login: 'lee', class: 'product', commit: two }],
      first,
    ]);
  });

  it('names people as they were called when they approved', async () => {
    const { commit, publish, approved } = await company();
    const one = commit({ [acme]: customer(seats) });
    await publish({ product: kim });
    const approvers = policies['policies/approvers.yaml'];
    commit({ 'policies/approvers.yaml': approvers.replace('login: kim', 'login: kimberly') });
    await publish({ machinery: kim });
    expect(await approved()).toEqual({ 'EX-0001': [{ id: kim, login: 'kim', class: 'product', commit: one }] });
  });

  it('names the pull request, where there was one', async () => {
    const { fake, clone, run } = await companyOnGitHub({
      ...onGitHub,
      'plans/studio@1.yaml': plan,
      [acme]: customer(),
      'policies/publish.yaml':
        'language: 1\nenvironments: { production: { store: "file:./.proviso/production", verify: github, signed: false } }\n',
    });
    const publish = async () => {
      git(clone, 'fetch', '--quiet', 'origin');
      const { exitCode, stdout } = await run(['publish', '--env', 'production', '--commit', 'origin/main']);
      expect(exitCode, stdout).toBe(0);
    };
    await publish();
    const pull = propose(fake, { author: 'sam', files: { [acme]: customer(seats) } });
    review(fake, pull.number, findUser(fake, 'kim'), 'APPROVED', 'fine');
    const commit = merge(fake, pull.number, 'merge', findUser(fake, 'sam'));
    await publish();
    const words = ['explain', 'acme', '--env', 'production', '--ref', 'origin/main'];
    expect(JSON.parse((await run([...words, '--format', 'json'])).stdout)).toMatchObject({
      exceptions: [{ id: 'EX-0001', approvedBy: [{ id: kim, login: 'kim', class: 'product', pull: 1, commit }] }],
    });
    expect((await run(words)).stdout).toContain('approved by kim (product, #1)\n');
  });

  it('is left out where nobody knows', async () => {
    const { root, commit, publish, approved, run } = await company();
    commit({ [acme]: customer(seats) });
    const nobody = { 'EX-0001': undefined };
    expect(await approved()).toEqual(nobody);
    await publish({ product: kim });
    const known = { 'EX-0001': [expect.objectContaining({ login: 'kim' })] };
    expect(await approved()).toEqual(known);
    expect(await approved('--env', 'local')).toEqual(nobody);
    expect(await approved('--channel', 'beta')).toEqual(nobody);
    expect(await approved('--store', 'file:./.proviso/elsewhere')).toEqual(nobody);
    expect(await approved('--store', 'nowhere:')).toEqual(nobody);
    writeFiles(root, { [acme]: customer({ ...seats, does: 'seats: 51' }) });
    expect(await approved()).toEqual(nobody);
    expect(await approved('--ref', 'HEAD')).toEqual(known);
    writeFiles(root, { [acme]: customer(seats) });
    renameSync(join(root, '.git'), join(root, 'git'));
    expect(await approved()).toEqual(nobody);
    expect(await run('explain', 'acme', '--env', 'production')).toMatchObject({ exitCode: 0, diagnostics: [] });
    renameSync(join(root, 'git'), join(root, '.git'));
    expect(await approved()).toEqual(known);
    writeFileSync(join(root, '.proviso/production/heads/production/stable/2'), '{}');
    expect(await approved()).toEqual(nobody);
  });

  it('is left out where nothing is verified', async () => {
    const { commit, publish, approved } = await company('none');
    commit({ [acme]: customer(seats) });
    await publish();
    expect(await approved()).toEqual({ 'EX-0001': undefined });
  });
});
