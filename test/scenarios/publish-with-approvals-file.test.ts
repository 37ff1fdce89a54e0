import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exceptionIn, plan, withSeats } from '../fixtures/verify/published-files.ts';
import { runProviso } from '../run-proviso.ts';
import { commitAll, git, temporaryFolder, temporaryRepository, writeFiles } from '../temporary-repository.ts';
import { tinyCompany } from './tiny-company.ts';

const acme = 'customers/acme.yaml';
const environments = (production: string): string =>
  `language: 1\nenvironments:\n  local: { verify: none }\n  production: { signed: false, ${production} }\n`;

interface Company {
  root: string;
  publish(now?: string, ...argv: string[]): Promise<Record<string, unknown> & { exitCode: number }>;
  /** Writes down that somebody approves what the last refusal asked for. */
  approve(refusal: Record<string, unknown>, who: { login: string; id: number }): void;
}

/** A company that collects approvals in a file, with its first release in force. */
async function company(production?: string): Promise<Company> {
  const file = join(temporaryFolder(), 'approvals.json');
  writeFileSync(file, '[]');
  const { root } = temporaryRepository({
    '.gitignore': '.proviso/\n',
    ...tinyCompany,
    'policies/approvals.yaml': `classes:
  product: { label: Product, needs: 1 }
  machinery: { needs: 1, code: true }
lines:
  - { when: { setting: seats, above: 10 }, class: product, because: capacity }
  - { when: { machinery: true }, class: machinery, because: it decides over everything }
`,
    'policies/approvers.yaml': `people:
  - { id: 1002, login: kim, emails: [kim@product.example], classes: [product, machinery] }
  - { id: 1003, login: test, emails: [test@test.example], classes: [product] }
`,
    'plans/studio@1.yaml': plan,
    [acme]: withSeats(6),
    'policies/publish.yaml': environments(
      production ?? `store: "file:./.proviso/production", verify: file, approvals: ${file}`,
    ),
  });
  const written: object[] = [];
  const made: Company = {
    root,
    async publish(now = '2026-06-01T12:00:00Z', ...argv) {
      const words = ['publish', '--env', 'production', '--format', 'json', ...argv];
      const { exitCode, stdout } = await runProviso(words, { folder: root, now });
      return { exitCode, ...(JSON.parse(stdout) as object) };
    },
    approve({ commits }, who) {
      for (const { subjects } of commits as { subjects: Record<string, string> }[])
        for (const [name, subject] of Object.entries(subjects))
          written.push({ ...who, class: name, subject, at: '2026-06-01T12:00:00Z', state: 'APPROVED' });
      writeFileSync(file, JSON.stringify(written));
    },
  };
  expect(await made.publish()).toMatchObject({ exitCode: 0, release: 1 });
  return made;
}

const kim = { login: 'kim', id: 1002 };
/** Whoever commits here. */
const author = { login: 'test', id: 1003 };

describe('publishing where approvals are written down', () => {
  it('says that nothing of the first release was verified, also before it is written', async () => {
    const { root, publish } = await company();
    const store = ['--store', 'file:./.proviso/other'];
    const sentence =
      'First release here: there was nothing to hold it against, so nothing of it was verified (bootstrap).';
    const text = async (...argv: string[]) =>
      (await runProviso(['publish', '--env', 'production', ...store, ...argv], { folder: root })).stdout;
    const said = { evidence: 'bootstrap', note: sentence };
    expect(await text('--dry-run')).toMatch(`${sentence}\nNothing was written. Release 1 would be`);
    expect(await publish(undefined, ...store, '--dry-run')).toMatchObject({ outcome: 'planned', ...said });
    expect(await text()).toMatch(`${sentence}\nRelease 1: 1 customer`);
    expect(await text()).toBe('Nothing to do: release 1 is this commit already.\n');
    const third = ['--store', 'file:./.proviso/third'];
    expect(await publish(undefined, ...third)).toMatchObject({ outcome: 'published', ...said });
    writeFiles(root, { [acme]: withSeats(7) });
    commitAll(root);
    const next = await publish(undefined, ...third);
    expect(next).toMatchObject({ release: 2, evidence: { verify: 'file' } });
    expect(next).not.toHaveProperty('note');
    expect(await publish(undefined, '--env', 'local')).not.toHaveProperty('note');
  });

  it('waits for the approval of somebody who did not write it', async () => {
    const { root, publish, approve } = await company();
    writeFiles(root, { [acme]: withSeats(60) });
    commitAll(root);
    const refusal = await publish();
    expect(refusal).toMatchObject({
      exitCode: 1,
      reason: 'unapproved',
      message: expect.stringContaining('lacks the approval of Product'),
      help: expect.stringMatching(
        /^write down the approval of somebody who may give it .*, of class product for subject [0-9a-f]{64}; or revert it \(git revert [0-9a-f]{12}\)$/,
      ),
    });
    approve(refusal, author);
    expect(await publish()).toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('the approval of test does not count: wrote part of the change'),
    });
    approve(refusal, kim);
    expect(await publish('2026-06-01T11:59:59Z')).toMatchObject({
      exitCode: 1,
      message: expect.stringContaining(
        'the approval of kim does not count: is dated 2026-06-01T12:00:00Z, which is still to come',
      ),
    });
    expect(await publish()).toMatchObject({
      exitCode: 0,
      release: 2,
      evidence: { verify: 'file', commits: [{ classes: { product: { users: [1002] } } }] },
    });
  });

  it('does not take an approval for another change', async () => {
    const { root, publish, approve } = await company();
    writeFiles(root, { [acme]: withSeats(60) });
    commitAll(root);
    approve(await publish(), kim);
    writeFiles(root, { [acme]: withSeats(61) });
    commitAll(root);
    expect(await publish()).toMatchObject({
      exitCode: 1,
      reason: 'unapproved',
      commits: [{ because: [expect.any(String)] }],
    });
  });

  it.each([
    ['names none', 'verify: file', 'this environment verifies approvals from a file, and names none'],
    ['names one that is not there', 'verify: file, approvals: /nowhere/approvals.json', 'cannot be read'],
    ['names one of the repository', 'verify: file, approvals: policies/approvals.yaml', 'is part of this repository'],
  ])('cannot where the environment %s', async (_, production, message) => {
    const { root, publish } = await company(`store: "file:./.proviso/production", ${production}`);
    writeFiles(root, { [acme]: withSeats(7) });
    commitAll(root);
    expect(await publish()).toMatchObject({
      exitCode: 2,
      error: { kind: 'usage', message: expect.stringContaining(message) },
    });
  });

  it('takes the file that is given instead', async () => {
    const { root, publish } = await company('store: "file:./.proviso/production", verify: file');
    const file = join(temporaryFolder(), 'others.json');
    for (const [text, expected] of [
      ['[]', { exitCode: 0, release: 2 }],
      ['[{]', { exitCode: 2, error: { kind: 'usage', message: expect.stringContaining(`${file}:1:`) } }],
    ] as const) {
      writeFileSync(file, text);
      writeFiles(root, { [acme]: withSeats(7 + text.length) });
      commitAll(root);
      expect(await publish(undefined, '--approvals', file)).toMatchObject(expected);
    }
  });

  it('publishes what lies in the commit, whatever the folder shows of it', async () => {
    const { root, publish } = await company();
    git(root, 'sparse-checkout', 'set', 'plans', 'policies');
    expect(await publish()).toMatchObject({ outcome: 'unchanged', customers: 1 });
  });
});

describe('what was made in an emergency', () => {
  it('blocks every release once it is over, except the one that closes it', async () => {
    const { root, publish } = await company();
    const open = exceptionIn({ seats: 9, on: '2026-06-02', expires: '2026-06-04' });
    const closed = exceptionIn({ seats: 9, on: '2026-06-02', expires: '2026-06-04', closedOn: '2026-06-05' });
    const commit = (files: Readonly<Record<string, string>>): string => {
      writeFiles(root, files);
      return commitAll(root);
    };
    commit({ [acme]: open });
    expect(await publish('2026-06-02T09:00:00Z')).toMatchObject({ exitCode: 0, release: 2 });
    commit({ 'docs/notes.md': 'one' });
    expect(await publish('2026-06-04T23:00:00Z')).toMatchObject({ exitCode: 0, release: 3 });
    commit({ 'docs/notes.md': 'two' });
    expect(await publish('2026-06-05T09:00:00Z')).toMatchObject({
      exitCode: 1,
      reason: 'overdue',
      message: 'what was made in an emergency is over and was never closed: EX-0001 of acme (until 2026-06-04)',
    });
    commit({ [acme]: closed });
    expect(await publish('2026-06-05T10:00:00Z')).toMatchObject({ exitCode: 0, release: 4 });
  });
});
