import { describe, expect, it } from 'vitest';
import { commitAll, git, writeFiles } from '../temporary-repository.ts';
import { edit, sampleRepository, tinyRepository } from './company-in-git.ts';
import { json, read, run } from './sample-company.ts';

const PIXEL = 'customers/studio/pixel-and-co.yaml';
const QUARRY = 'customers/enterprise/quarry-labs.yaml';

interface Need {
  class: string;
  subject: string;
  needs: number;
  because: string[];
  mayApprove: string[];
  given: unknown[];
  satisfied: boolean;
}

interface Checked {
  exitCode: number;
  base: string;
  head: string;
  verdict: string;
  approvals: Need[];
  exceptions: { customer: string; id: string }[];
  diff: { customers: { customer: string }[] };
  diagnostics: { rule: string; severity: string; path: string; line: number }[];
}

const check = async (root: string, ...argv: string[]): Promise<Checked> =>
  (await json(root, 'check', ...argv)) as unknown as Checked;

const shown = ({ exitCode, verdict, approvals }: Checked) => ({
  exitCode,
  verdict,
  needs: approvals.map(({ class: name, satisfied }) => `${name}${satisfied ? ' ✓' : ''}`),
});

/** Twice the seats and more, by an amendment of the contract. */
const moreSeats = (root: string): string =>
  read(root, QUARRY).replace(
    'exceptions:',
    '    amendments: [{ on: 2026-12-01, quantities: { seats: 140 }, because: a second office }]\nexceptions:',
  );

const addOn = (root: string): string => `${read(root, PIXEL).trimEnd()}\naddOns: [{ id: guestPack, quantity: 2 }]\n`;

describe('check', () => {
  it('lets what is on the menu pass without anybody', async () => {
    const root = sampleRepository();
    writeFiles(root, { [PIXEL]: addOn(root) });
    const found = await check(root);
    expect(shown(found)).toEqual({ exitCode: 0, verdict: 'approved', needs: [] });
    expect(found.diff.customers.map(({ customer }) => customer)).toEqual(['pixel-and-co']);
    expect([found.base, found.head]).toEqual(['HEAD', 'working tree']);
  });

  it('says who must approve and why, before there is a pull request, in words and as data', async () => {
    const root = sampleRepository();
    writeFiles(root, { [QUARRY]: moreSeats(root) });
    const found = await check(root);
    expect(shown(found)).toEqual({ exitCode: 1, verdict: 'needsApproval', needs: ['product'] });
    expect(found.approvals).toMatchObject([
      { needs: 1, because: ['more than twice the seats they have'], mayApprove: ['cto-kim', 'pm-ravi'], given: [] },
    ]);
    expect(found.approvals[0]?.subject).toMatch(/^[0-9a-f]{64}$/);
    const { stdout, exitCode } = await run(root, 'check');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('cto-kim or pm-ravi');
    expect(stdout).toContain('seats 40 → 140');
  });

  it('counts approvals of a file when they are given to this effect, by somebody who may', async () => {
    const root = sampleRepository();
    writeFiles(root, { [QUARRY]: moreSeats(root) });
    const [need] = (await check(root)).approvals;
    const approval = { login: 'pm-ravi', id: 1003, class: 'product', subject: need?.subject };
    const given = async (more: object): Promise<ReturnType<typeof shown>> => {
      writeFiles(root, {
        '.git/approvals.json': JSON.stringify([
          { ...approval, at: '2026-11-20T09:00:00Z', state: 'APPROVED', ...more },
        ]),
      });
      return shown(await check(root, '--approvals', '.git/approvals.json'));
    };
    const missing = { exitCode: 1, verdict: 'needsApproval', needs: ['product'] };
    expect(await given({})).toEqual({ exitCode: 0, verdict: 'approved', needs: ['product ✓'] });
    expect(await given({ subject: '0'.repeat(64) })).toEqual(missing);
    expect(await given({ id: 1004 })).toEqual(missing);
    expect(await given({ state: 'CHANGES_REQUESTED' })).toEqual(missing);
    expect(await given({ at: '2099-01-01T00:00:00Z' })).toEqual(missing);
    expect((await run(root, 'check', '--approvals', '.git/approvals.json')).stdout).toContain(
      'does not count: pm-ravi, is dated 2099-01-01T00:00:00Z, which is still to come',
    );
  });

  it('shows what to write into a file of approvals, where there is one or an environment takes one', async () => {
    const environments = (verify: string) => ({
      'policies/publish.yaml': `language: 1\nenvironments: { production: { verify: ${verify} } }\n`,
    });
    for (const verify of ['none', 'file']) {
      const root = sampleRepository(environments(verify));
      writeFiles(root, { [QUARRY]: moreSeats(root), '.git/approvals.json': '[]' });
      const [need] = (await check(root)).approvals;
      const entry = `"class": "product", "subject": "${need?.subject}"`;
      expect([verify, (await run(root, 'check')).stdout.includes(entry)]).toEqual([verify, verify === 'file']);
      expect((await run(root, 'check', '--approvals', '.git/approvals.json')).stdout).toContain(entry);
    }
  });

  it('does not count whoever wrote the change', async () => {
    const root = sampleRepository();
    const base = git(root, 'rev-parse', 'HEAD');
    writeFiles(root, { [QUARRY]: moreSeats(root) });
    git(root, 'add', '--all');
    git(root, 'commit', '--quiet', '--author', 'Ravi <ravi@product.example>', '--message', 'more seats');
    const [need] = (await check(root, '--base', base, '--head', 'HEAD')).approvals;
    expect(need?.mayApprove).toEqual(['cto-kim']);
  });

  it('judges by the rules of the base, also a change that brings others', async () => {
    const root = sampleRepository();
    writeFiles(root, {
      [QUARRY]: moreSeats(root),
      'policies/approvals.yaml': 'classes: {}\nlines: []\n',
      'policies/checks.yaml': 'rules-with-customers: { severity: off }\n',
    });
    const found = await check(root);
    expect(shown(found)).toEqual({ exitCode: 1, verdict: 'blocked', needs: ['machinery', 'product'] });
    expect(found.diagnostics.map(({ rule }) => rule)).toContain('rules-with-customers');
  });

  it('is stopped by rules of the base that cannot be read', async () => {
    const root = sampleRepository({ 'policies/approvals.yaml': 'classes: 7\n' });
    const before = await check(root);
    expect([before.exitCode, before.verdict]).toEqual([1, 'blocked']);
    writeFiles(root, { 'policies/approvals.yaml': 'classes: {}\nlines: []\n' });
    const found = await check(root);
    expect([found.exitCode, found.verdict]).toEqual([1, 'blocked']);
    expect(found.diagnostics.filter(({ rule }) => rule === 'policy-unreadable')).toHaveLength(1);
  });

  it('says when there are no rules at all', async () => {
    const { root } = tinyRepository();
    writeFiles(root, { 'customers/acme.yaml': 'name: Acme\nplan: studio@1\naliases: [ACM]\n' });
    const found = await check(root);
    expect(shown(found)).toEqual({ exitCode: 0, verdict: 'approved', needs: [] });
    expect(found.diagnostics.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual(['note no-approval-policy']);
  });

  it('compares two commits, and the first commit with nothing', async () => {
    const { root, commit } = tinyRepository();
    expect((await check(root)).base).toBe('nothing');
    edit(root, { 'customers/acme.yaml': 'name: Acme\nplan: studio@1\nexceptions: []\n' });
    const head = commitAll(root);
    expect(await check(root, '--base', commit, '--head', head)).toMatchObject({ base: commit, head, exitCode: 0 });
  });

  it('looks at what a branch adds, as if it were merged now, where the base has gone on meanwhile', async () => {
    const { root } = tinyRepository({ 'customers/globex.yaml': 'name: Globex\nplan: studio@1\n' });
    git(root, 'switch', '--quiet', '--create', 'sales');
    const head = edit(root, { 'customers/acme.yaml': 'name: Acme\nplan: studio@1\nbilling: { method: card }\n' });
    git(root, 'switch', '--quiet', 'main');
    edit(root, { 'customers/globex.yaml': 'name: Globex\nplan: studio@1\nbilling: { method: invoice }\n' });
    const found = await check(root, '--base', 'main', '--head', head);
    expect(found.diff.customers.map(({ customer }) => customer)).toEqual(['acme']);
    expect([found.base, found.head, found.verdict]).toEqual(['main', head, 'approved']);

    git(root, 'switch', '--quiet', 'sales');
    writeFiles(root, { 'customers/initech.yaml': 'name: Initech\nplan: studio@1\n' });
    const folder = await check(root, '--base', 'main');
    expect(folder.diff.customers.map(({ customer }) => customer)).toEqual(['acme', 'initech']);
    expect(folder.base).toMatch(/^main as of [0-9a-f]{12}$/);
  });

  it('is stopped by what cannot be merged', async () => {
    const { root } = tinyRepository();
    git(root, 'switch', '--quiet', '--create', 'sales');
    const head = edit(root, { 'customers/acme.yaml': 'name: Acme One\nplan: studio@1\n' });
    git(root, 'switch', '--quiet', 'main');
    edit(root, { 'customers/acme.yaml': 'name: Acme Two\nplan: studio@1\n' });
    const found = await check(root, '--base', 'main', '--head', head);
    expect([found.exitCode, found.verdict]).toEqual([1, 'blocked']);
    expect(found.diagnostics).toMatchObject(
      [{ rule: 'no-approval-policy' }, { rule: 'merge-conflict', path: 'customers/acme.yaml' }].reverse(),
    );
  });

  it('names a file of approvals that is not there', async () => {
    const { root } = tinyRepository();
    const { exitCode, stderr } = await run(root, 'check', '--approvals', 'nowhere.json');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('nowhere.json cannot be read');
  });

  it('is stopped by approvals that cannot be read, and says so first', async () => {
    const root = sampleRepository();
    writeFiles(root, { [QUARRY]: moreSeats(root), '.git/approvals.json': '[{ "login": "pm-ravi" }]' });
    const found = await check(root, '--approvals', '.git/approvals.json');
    expect(shown(found)).toEqual({ exitCode: 1, verdict: 'blocked', needs: ['product'] });
    const { stdout } = await run(root, 'check', '--approvals', '.git/approvals.json');
    expect(stdout).toMatch(/^Blocked: \d errors to mend\n/);
    expect(stdout).toMatch(/\n {2}1\. Mend what is wrong \(\d errors\): nothing can be merged before\.\n/);
  });

  it('promises nothing about a file that cannot be read', async () => {
    const { root } = tinyRepository();
    writeFiles(root, { 'customers/fresh.yaml': 'name: [Fresh\n' });
    const { stdout } = await run(root, 'check');
    expect(stdout).toContain('Nothing changes for anybody who could be compared.\n');
    expect(stdout).toContain('Then merge: what it changes can be told once everything in it can be read.\n');
  });

  it('says once where something was edited', async () => {
    const root = sampleRepository();
    const path = 'policies/publish.yaml';
    writeFiles(root, { [path]: read(root, path).replace('local: { verify: none }', 'local: { verify: file }') });
    expect((await run(root, 'check')).stdout).toContain(`\n  ${path} environments.local.verify: verify none → file\n`);
  });
});
